import { DataError, type JsonValue, type ModelState, type Tensor } from '@shoal/core';
import { networkShape, type LayerWeights, type NetworkShape } from './network-shape.ts';
import { HIDDEN_ACTIVATIONS, OUTPUT_ACTIVATIONS, resolveSettings } from './options.ts';
import type { TrainingHistory } from './training.ts';

const TYPE = 'autoencoder';

/** The part of a trained autoencoder that is saved. */
export interface SavedAutoencoder {
  readonly shape: NetworkShape;
  readonly weights: readonly LayerWeights[];
  readonly history: TrainingHistory;
}

export function writeState({ shape, weights, history }: SavedAutoencoder): ModelState {
  const { layers, encoderDepth, outputActivation } = shape;
  const tensors: Record<string, Tensor> = {};
  layers.forEach(({ inputs, units }, l) => {
    tensors[`layer${l}.weights`] = { data: weights[l].weights, shape: [inputs, units] };
    tensors[`layer${l}.bias`] = { data: weights[l].bias, shape: [units] };
  });
  return {
    type: TYPE,
    settings: {
      columns: layers[0].inputs,
      layers: layers.slice(0, encoderDepth).map(({ units }) => units),
      codeActivation: layers[encoderDepth - 1].activation,
      hiddenActivation: layers[0].activation,
      outputActivation,
      loss: [...history.loss],
      validationLoss: [...history.validationLoss],
    },
    tensors,
  };
}

/** @throws {DataError} when the state is of another model or damaged */
export function readState(state: ModelState): SavedAutoencoder {
  if (state.type !== TYPE) {
    throw new DataError(`This is a saved "${state.type}" model, not "${TYPE}"; load it with its own class.`);
  }
  const { settings } = state;
  const [columns] = counts([settings['columns'] ?? null], 'columns');
  const resolved = resolveSettings({
    layers: counts(settings['layers'], 'layers'),
    codeActivation: choice(settings, 'codeActivation', HIDDEN_ACTIVATIONS),
    hiddenActivation: choice(settings, 'hiddenActivation', HIDDEN_ACTIVATIONS),
    outputActivation: choice(settings, 'outputActivation', OUTPUT_ACTIVATIONS),
  });
  const shape = networkShape(resolved, columns);
  return {
    shape,
    weights: shape.layers.map(({ inputs, units }, l) => ({
      weights: float32(state, `layer${l}.weights`, [inputs, units]),
      bias: float32(state, `layer${l}.bias`, [units]),
    })),
    history: {
      loss: numbers(settings['loss'], 'loss'),
      validationLoss: numbers(settings['validationLoss'], 'validationLoss'),
    },
  };
}

function counts(value: JsonValue | undefined, name: string): readonly number[] {
  const list = numbers(value, name);
  if (list.length === 0 || !list.every((count) => Number.isSafeInteger(count) && count > 0)) {
    throw damaged(name, 'whole numbers of at least 1');
  }
  return list;
}

function numbers(value: JsonValue | undefined, name: string): readonly number[] {
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'number')) {
    throw damaged(name, 'a list of numbers');
  }
  return value;
}

function choice<T extends string>(settings: ModelState['settings'], name: string, choices: readonly T[]): T {
  const found = choices.find((candidate) => candidate === settings[name]);
  if (found === undefined) throw damaged(name, `one of ${choices.join(', ')}`);
  return found;
}

function float32(state: ModelState, name: string, shape: readonly number[]): Float32Array {
  const tensor = Object.hasOwn(state.tensors, name) ? state.tensors[name] : undefined;
  const length = shape.reduce((product, size) => product * size, 1);
  const fits = tensor?.shape.length === shape.length && tensor.shape.every((size, i) => size === shape[i]);
  if (!fits || tensor.data.length !== length) throw damaged(name, `a tensor of shape [${shape.join(', ')}]`);
  return tensor.data instanceof Float32Array ? tensor.data : Float32Array.from(tensor.data);
}

function damaged(name: string, expected: string): DataError {
  return new DataError(
    `The saved autoencoder is damaged: "${name}" should be ${expected}. Save the model again.`,
  );
}
