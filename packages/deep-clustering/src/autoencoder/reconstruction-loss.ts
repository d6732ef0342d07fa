import {
  abs,
  log1p,
  mul,
  neg,
  relu,
  sigmoid,
  square,
  sub,
  sum,
  type Scalar,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { OutputActivation } from '../layers/activations.ts';
import type { ReconstructionLoss } from './options.ts';

/** A loss in terms of the output's weighted sums z, before its activation. */
export interface LossFunction {
  /** Sum of the losses of all values of (batch x columns) `z` against `target`. */
  total(z: Tensor2D, target: Tensor2D): Scalar;
  /** Gradient of their mean by z, batch x columns. */
  gradient(z: Tensor2D, target: Tensor2D): Tensor2D;
}

/** The loss for an output: cross-entropy always has a sigmoid (see `resolveSettings`). */
export function lossFunction(loss: ReconstructionLoss, output: OutputActivation): LossFunction {
  if (loss === 'binary-crossentropy') return crossEntropyOfSigmoid;
  return output === 'sigmoid' ? squaredErrorOfSigmoid : squaredError;
}

/**
 * -t log p - (1 - t) log(1 - p) with p = sigmoid(z), which is max(z, 0) - t z - log(1 - sigmoid(-|z|)): no logarithm of
 * a rounded zero, and one logarithm instead of two. Its gradient by z is p - t.
 */
const crossEntropyOfSigmoid: LossFunction = {
  total: (z, target) => sum(sub(sub(relu(z), mul(target, z)), log1p(neg(sigmoid(neg(abs(z))))))),
  gradient: (z, target) => mul(sub(sigmoid(z), target), 1 / z.size),
};

/** (p - t)^2 with p = sigmoid(z); its gradient by z is 2 (p - t) p (1 - p). */
const squaredErrorOfSigmoid: LossFunction = {
  total: (z, target) => sum(square(sub(sigmoid(z), target))),
  gradient: (z, target) => {
    const p = sigmoid(z);
    return mul(mul(sub(p, target), sub(p, square(p))), 2 / z.size);
  },
};

/** (z - t)^2; its gradient by z is 2 (z - t). */
const squaredError: LossFunction = {
  total: (z, target) => sum(square(sub(z, target))),
  gradient: (z, target) => mul(sub(z, target), 2 / z.size),
};
