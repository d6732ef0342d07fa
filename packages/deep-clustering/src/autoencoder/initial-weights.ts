import type { Random } from '@shoal/core';
import type { LayerWeights, NetworkShape } from './network-shape.ts';

/**
 * Weights uniform in +-sqrt(6 / (inputs + units)), biases zero: Keras's default for dense layers (Glorot &
 * Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010, eq. 16).
 */
export function initialWeights({ layers }: NetworkShape, random: Random): readonly LayerWeights[] {
  return layers.map(({ inputs, units }) => {
    const limit = Math.sqrt(6 / (inputs + units));
    const weights = new Float32Array(inputs * units);
    for (let i = 0; i < weights.length; i++) weights[i] = limit * (2 * random.uniform() - 1);
    return { weights, bias: new Float32Array(units) };
  });
}
