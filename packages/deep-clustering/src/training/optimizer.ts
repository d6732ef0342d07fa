import { DataError, type Tensor as SavedTensor } from '@shoal/core';
import { AdamOptimizer, keep, MomentumOptimizer, tensor, type NumericDataType } from '@tensorflow/tfjs-core';
import type { NamedGradient } from '../layers/network.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';

export const OPTIMIZERS = ['adam', 'momentum'] as const;

/** Adam (beta 0.9 and 0.999, epsilon 1e-7), or gradient descent with a momentum of 0.9. */
export type OptimizerName = (typeof OPTIMIZERS)[number];

/** The state of an optimizer, in host memory. */
export type OptimizerState = readonly SavedTensor[];

/** After this number of steps the powers of Adam's betas have no effect: 1 - 0.999^20,000 is 1 in float32. */
const STEPS_THAT_MATTER = 20_000;

/** TensorFlow.js's own optimizer, with a step size that may change. */
class PacedAdam extends AdamOptimizer {
  setLearningRate(learningRate: number): void {
    this.learningRate = learningRate;
  }
}

/**
 * An optimizer that can be saved and then goes on with the same bits. TensorFlow.js's own cannot: it keeps the powers
 * of Adam's betas as products but restores them as powers, which are rounded differently. So here they are multiplied
 * again.
 */
export class ResumableOptimizer {
  readonly #backend: TensorBackend;
  readonly #optimizer: PacedAdam | MomentumOptimizer;
  /** Slots of each parameter. */
  readonly #slots: number;
  /** Lengths of restored slots, until a step shows their parameters. */
  #restored: readonly (readonly number[])[] | undefined;

  constructor(name: OptimizerName, learningRate: number, backend: TensorBackend) {
    this.#backend = backend;
    this.#slots = name === 'adam' ? 2 : 1;
    this.#optimizer = backend.run(() =>
      name === 'adam'
        ? new PacedAdam(learningRate, 0.9, 0.999, 1e-7)
        : new MomentumOptimizer(learningRate, 0.9),
    );
  }

  setLearningRate(learningRate: number): void {
    this.#optimizer.setLearningRate(learningRate);
  }

  /**
   * One step; call it inside `TensorBackend.run`, always with the same variables in the same order.
   *
   * @throws {DataError} when the restored state does not belong to these variables
   */
  apply(gradients: NamedGradient[]): void {
    if (this.#restored) {
      const wanted = Array.from({ length: this.#slots }, () =>
        gradients.map(({ tensor }) => tensor.shape),
      ).flat();
      if (JSON.stringify(this.#restored) !== JSON.stringify(wanted)) throw damaged();
      this.#restored = undefined;
    }
    this.#optimizer.applyGradients(gradients);
  }

  /** The state at this moment. */
  async save(): Promise<OptimizerState> {
    this.#makeCurrent();
    const [steps, ...slots] = await this.#optimizer.getWeights();
    const state: SavedTensor[] = [];
    for (const { tensor } of [steps, ...slots]) {
      const values = await this.#backend.read<NumericDataType>(tensor);
      // Steps are counted in int32.
      const data = values instanceof Float32Array ? values : Int32Array.from(values);
      state.push({ data, shape: [...tensor.shape] });
    }
    steps.tensor.dispose();
    return state;
  }

  /**
   * Goes on from a state that `save` of the same kind of optimizer returned; call it before the first step.
   *
   * @throws {DataError} when that cannot be
   */
  async restore([steps, ...slots]: OptimizerState): Promise<void> {
    if (!(Number.isSafeInteger(steps.data[0]) && steps.data[0] >= 0 && slots.every(isWhole))) throw damaged();
    this.#restored = slots.map(({ shape }) => [...shape]);
    const tensors = this.#backend.run(() =>
      [{ data: new Int32Array(1), shape: [] }, ...slots].map(({ data, shape }, i) =>
        keep(tensor(data as Float32Array | Int32Array, [...shape], i === 0 ? 'int32' : 'float32')),
      ),
    );
    await this.#optimizer.setWeights(tensors.map((values, i) => ({ name: `slot${i}`, tensor: values })));
    for (const values of tensors) values.dispose();
    const taken = Math.min(steps.data[0], STEPS_THAT_MATTER);
    this.#backend.run(() => {
      for (let step = 0; step < taken; step++) this.#optimizer.applyGradients([]);
    });
  }

  dispose(): void {
    if (!this.#backend.destroyed) this.#optimizer.dispose();
  }

  /** Outside of `TensorBackend.run`, TensorFlow.js works on the current backend. */
  #makeCurrent(): void {
    this.#backend.run(() => undefined);
  }
}

/** Whether a slot has a finite value for every place. */
function isWhole({ data, shape }: SavedTensor): boolean {
  return (
    data.length === shape.reduce((product, extent) => product * extent, 1) && data.every(Number.isFinite)
  );
}

function damaged(): DataError {
  return new DataError(
    'The checkpoint is damaged: the state of its optimizer does not fit the network. Train again from the start.',
  );
}
