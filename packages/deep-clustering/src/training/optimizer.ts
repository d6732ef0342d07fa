import type { Tensor as SavedTensor } from '@shoal/core';
import { keep, tensor, train, type Optimizer } from '@tensorflow/tfjs-core';
import type { NamedGradient } from '../layers/network.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';

export const OPTIMIZERS = ['adam', 'momentum'] as const;

/** Adam (beta 0.9 and 0.999, epsilon 1e-7), or gradient descent with a momentum of 0.9. */
export type OptimizerName = (typeof OPTIMIZERS)[number];

/** What an optimiser remembers, in host memory. */
export type OptimizerState = readonly SavedTensor[];

/**
 * An optimiser that can be saved and goes on, to the bit, as if it had not been: TensorFlow.js's own keeps the powers of
 * Adam's betas as products, but restores them as powers, which are rounded otherwise. So whoever saves goes on from what
 * was saved, too.
 */
export class ResumableOptimizer {
  readonly #backend: TensorBackend;
  readonly #make: () => Optimizer;
  #optimizer: Optimizer;

  constructor(name: OptimizerName, learningRate: number, backend: TensorBackend) {
    this.#backend = backend;
    this.#make = () =>
      backend.run(() =>
        name === 'adam' ? train.adam(learningRate, 0.9, 0.999, 1e-7) : train.momentum(learningRate, 0.9),
      );
    this.#optimizer = this.#make();
  }

  /** One step; call it inside `TensorBackend.run`, always with the same variables in the same order. */
  apply(gradients: NamedGradient[]): void {
    this.#optimizer.applyGradients(gradients);
  }

  /** What it remembers; it goes on from that. */
  async save(): Promise<OptimizerState> {
    this.#makeCurrent();
    const [steps, ...slots] = await this.#optimizer.getWeights();
    const state: SavedTensor[] = [];
    for (const { tensor } of [steps, ...slots]) {
      const values = await tensor.data();
      // Steps are counted in int32.
      const data = values instanceof Float32Array ? values.slice() : Int32Array.from(values);
      state.push({ data, shape: [...tensor.shape] });
    }
    steps.tensor.dispose();
    await this.restore(state);
    return state;
  }

  /** Goes on from what `save` returned, of an optimiser of the same kind. */
  async restore(state: OptimizerState): Promise<void> {
    this.dispose();
    this.#optimizer = this.#make();
    const tensors = this.#backend.run(() =>
      state.map(({ data, shape }, i) =>
        keep(tensor(data as Float32Array | Int32Array, [...shape], i === 0 ? 'int32' : 'float32')),
      ),
    );
    await this.#optimizer.setWeights(tensors.map((values, i) => ({ name: `slot${i}`, tensor: values })));
    for (const values of tensors) values.dispose();
  }

  dispose(): void {
    if (!this.#backend.disposed) this.#optimizer.dispose();
  }

  /** What TensorFlow.js does outside of `TensorBackend.run` it does on the current backend. */
  #makeCurrent(): void {
    this.#backend.run(() => undefined);
  }
}
