import type { JsonValue, ModelState, Tensor } from '@shoal/core';
import { StateReader } from '@shoal/core/model-kit';
import { HIDDEN_ACTIVATIONS, OUTPUT_ACTIVATIONS } from '../layers/activations.ts';
import type { ImageShape, ResolvedLayer } from '../layers/layer-settings.ts';
import {
  biasLength,
  networkShape,
  weightsShape,
  type LayerShape,
  type LayerWeights,
  type NetworkShape,
} from '../layers/network-shape.ts';
import { resolveSettings } from './options.ts';
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
  layers.forEach((layer, l) => {
    tensors[`layer${l}.weights`] = { data: weights[l].weights, shape: weightsShape(layer) };
    tensors[`layer${l}.bias`] = { data: weights[l].bias, shape: [biasLength(layer)] };
  });
  return {
    type: TYPE,
    settings: {
      columns: layers[0].inputs,
      layers: layers.slice(0, encoderDepth).map(layerSettings),
      image: layers[0].kind === 'dense' ? null : imageList(layers[0].from),
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
    layers: reader.list('layers', 'a list of layers', isLayer),
    image: reader.has('image') ? imageOf(reader.numbers('image')) : undefined,
    codeActivation: reader.oneOf('codeActivation', HIDDEN_ACTIVATIONS),
    hiddenActivation: reader.oneOf('hiddenActivation', HIDDEN_ACTIVATIONS),
    outputActivation: reader.oneOf('outputActivation', OUTPUT_ACTIVATIONS),
  };
  const columns = reader.wholeNumber('columns', 1);
  const shape = reader.verify(() => networkShape(resolveSettings(settings), columns));
  const float32 = (name: string, extents: readonly number[]) => Float32Array.from(reader.real(name, extents));
  return {
    shape,
    weights: shape.layers.map((layer, l) => ({
      weights: float32(`layer${l}.weights`, weightsShape(layer)),
      bias: float32(`layer${l}.bias`, [biasLength(layer)]),
    })),
    history: { loss: reader.numbers('loss'), validationLoss: reader.numbers('validationLoss') },
  };
}

function layerSettings(layer: LayerShape): ResolvedLayer {
  if (layer.kind === 'dense') return layer.units;
  return { filters: layer.to.channels, kernel: layer.kernel, stride: layer.stride };
}

/** Whether it may be a layer. The range of its numbers is checked together with all other settings. */
function isLayer(value: JsonValue): value is ResolvedLayer {
  return (
    typeof value === 'number' ||
    (typeof value === 'object' &&
      value !== null &&
      ['filters', 'kernel', 'stride'].every((name) => name in value))
  );
}

function imageList({ height, width, channels }: ImageShape): readonly number[] {
  return [height, width, channels];
}

function imageOf([height, width, channels]: readonly number[]): ImageShape {
  return { height, width, channels };
}
