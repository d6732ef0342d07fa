import {
  fused,
  matMul,
  reshape,
  tensor1d,
  tensor2d,
  transpose,
  variable,
  type Tensor,
  type Tensor2D,
  type Variable,
} from '@tensorflow/tfjs-core';
import type { HiddenActivation } from './activations.ts';
import { columnSums } from './column-sums.ts';
import type { Layer } from './layer.ts';
import type { DenseShape, LayerWeights } from './network-shape.ts';

/** y = f(x W + b): dL/dW = x^T delta, dL/db = 1^T delta, dL/dx = delta W^T. */
export class DenseLayer implements Layer {
  /** inputs x units. */
  readonly weights: Variable;
  /** units values. */
  readonly bias: Variable;
  readonly activation: HiddenActivation;
  readonly #explicitTransposes: boolean;

  constructor(
    { inputs, units, activation }: DenseShape,
    { weights, bias }: LayerWeights,
    explicitTransposes: boolean,
  ) {
    this.weights = variable(tensor2d(weights, [inputs, units]));
    this.bias = variable(tensor1d(bias));
    this.activation = activation;
    this.#explicitTransposes = explicitTransposes;
  }

  apply(x: Tensor2D): Tensor2D {
    const { weights, bias, activation } = this;
    return fused.matMul({ a: x, b: weights, bias, activation }) as Tensor2D;
  }

  byWeights(x: Tensor2D, delta: Tensor2D): Tensor {
    if (!this.#explicitTransposes) return matMul(x, delta, true, false);
    // (delta^T x)^T takes less time when x is wider than delta: it transposes the result instead of the batch.
    return x.shape[1] > delta.shape[1] ? transpose(matMul(transpose(delta), x)) : matMul(transpose(x), delta);
  }

  byBias(delta: Tensor2D): Tensor {
    return reshape(columnSums(delta), this.bias.shape);
  }

  byInput(delta: Tensor2D): Tensor2D {
    const weights = this.weights as Tensor2D;
    return this.#explicitTransposes ? matMul(delta, transpose(weights)) : matMul(delta, weights, false, true);
  }
}
