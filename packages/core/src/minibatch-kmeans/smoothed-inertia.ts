import type { BatchStep } from './learn-batch.ts';

/** When a fit by batches has converged; see `MiniBatchKMeansOptions`. */
interface StopSettings {
  /** Share of the newest batch in the smoothed inertia, from 0 to 1. */
  readonly share: number;
  readonly patience: number;
  /** In squared units of the data. */
  readonly tolerance: number;
}

/**
 * The inertia per weight of batches, smoothed exponentially, and with it the rule of when to stop. scikit-learn's rule:
 * the first batch, which starts from seeds, does not count.
 */
export class SmoothedInertia {
  readonly #settings: StopSettings;
  #batches = 0;
  #value = NaN;
  #least = Infinity;
  #without = 0;

  constructor(settings: StopSettings) {
    this.#settings = settings;
  }

  /** Per weight. */
  get value(): number {
    return this.#value;
  }

  /** Takes in a batch, and says whether the fit has converged. */
  settles({ inertia, weight, shift }: BatchStep): boolean {
    const { share, patience, tolerance } = this.#settings;
    const mean = inertia / weight;
    this.#batches += 1;
    if (this.#batches <= 2) this.#value = mean;
    else this.#value += share * (mean - this.#value);
    if (this.#batches === 1) return false;
    if (this.#value < this.#least) {
      this.#least = this.#value;
      this.#without = 0;
    } else {
      this.#without += 1;
    }
    return this.#without >= patience || (tolerance > 0 && shift <= tolerance);
  }
}
