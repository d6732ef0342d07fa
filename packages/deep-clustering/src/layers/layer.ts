import type { Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core';
import type { HiddenActivation } from './activations.ts';

/**
 * A layer y = f(z), with z linear in the input; each row is one point. Call its methods inside `TensorBackend.run`.
 * `delta` is dL/dz of some loss L, batch x outputs.
 */
export interface Layer {
  readonly weights: Variable;
  readonly bias: Variable;
  readonly activation: HiddenActivation;
  /** y of (batch x inputs) x. */
  apply(x: Tensor2D): Tensor2D;
  /** dL/d weights. */
  byWeights(x: Tensor2D, delta: Tensor2D): Tensor;
  /** dL/d bias. */
  byBias(delta: Tensor2D): Tensor;
  /** dL/dx. */
  byInput(delta: Tensor2D): Tensor2D;
}
