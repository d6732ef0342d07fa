import type { ModelState, Tensor } from '@shoal/core';
import { StateReader } from '@shoal/core/model-kit';
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
  const reader = new StateReader(state, TYPE);
  const settings = {
    layers: reader.numbers('layers'),
    codeActivation: reader.oneOf('codeActivation', HIDDEN_ACTIVATIONS),
    hiddenActivation: reader.oneOf('hiddenActivation', HIDDEN_ACTIVATIONS),
    outputActivation: reader.oneOf('outputActivation', OUTPUT_ACTIVATIONS),
  };
  reader.verify(() => resolveSettings(settings));
  const shape = networkShape(resolveSettings(settings), reader.wholeNumber('columns', 1));
  const float32 = (name: string, extents: readonly number[]) => Float32Array.from(reader.real(name, extents));
  return {
    shape,
    weights: shape.layers.map(({ inputs, units }, l) => ({
      weights: float32(`layer${l}.weights`, [inputs, units]),
      bias: float32(`layer${l}.bias`, [units]),
    })),
    history: { loss: reader.numbers('loss'), validationLoss: reader.numbers('validationLoss') },
  };
}
