import type { Random } from '@shoal/core';
import {
  biasLength,
  weightCount,
  type LayerShape,
  type LayerWeights,
  type NetworkShape,
} from './network-shape.ts';

/**
 * Weights uniform in +-sqrt(6 / (fan in + fan out)), biases zero: Keras's default for dense and convolutional layers
 * (Glorot & Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010, eq. 16).
 */
export function initialWeights({ layers }: NetworkShape, random: Random): readonly LayerWeights[] {
  return layers.map((layer) => {
    const limit = Math.sqrt(6 / fans(layer));
    const weights = new Float32Array(weightCount(layer));
    for (let i = 0; i < weights.length; i++) weights[i] = limit * (2 * random.uniform() - 1);
    return { weights, bias: new Float32Array(biasLength(layer)) };
  });
}

/**
 * The number of inputs of a unit, and of units that an input goes into; for a convolution without regard to the border.
 */
function fans(layer: LayerShape): number {
  if (layer.kind === 'dense') return layer.inputs + layer.units;
  const { kernel, from, to } = layer;
  return kernel ** 2 * (from.channels + to.channels);
}
