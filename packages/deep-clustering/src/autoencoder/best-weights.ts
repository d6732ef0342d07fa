import { clone, type Tensor, type Variable } from '@tensorflow/tfjs-core';
import type { TensorBackend } from '../backend/tensor-backend.ts';

/** Watches the validation loss, keeps the weights of its lowest, and says when to give up waiting for a lower. */
export class BestWeights {
  readonly #parameters: readonly Variable[];
  readonly #patience: number;
  readonly #backend: TensorBackend;
  #copies: readonly Tensor[] = [];
  #lowest = Infinity;
  #waited = 0;

  constructor(parameters: readonly Variable[], patience: number, backend: TensorBackend) {
    this.#parameters = parameters;
    this.#patience = patience;
    this.#backend = backend;
  }

  /** Takes note of an epoch's validation loss; true when `patience` epochs have brought nothing lower. */
  shouldStop(validationLoss: number): boolean {
    if (validationLoss < this.#lowest) {
      this.#lowest = validationLoss;
      this.#waited = 0;
      this.#keepCurrent();
    } else {
      this.#waited++;
    }
    return this.#waited >= this.#patience;
  }

  /** Puts the kept weights back. */
  restore(): void {
    this.#backend.run(() => {
      this.#copies.forEach((copy, i) => {
        this.#parameters[i].assign(clone(copy));
      });
    });
  }

  dispose(): void {
    for (const copy of this.#copies) copy.dispose();
    this.#copies = [];
  }

  #keepCurrent(): void {
    this.dispose();
    // Cheap: tensors never change, so a clone shares the values until a variable is given new ones.
    this.#copies = this.#backend.run(() => this.#parameters.map((parameter) => clone(parameter)));
  }
}
