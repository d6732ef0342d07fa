import { addTotals, type PartTotals, type WholeAssignment } from '@shoal/core/engine-kit';
import type { SessionMemory } from '../memory.ts';
import type { PointSummary } from '../resident-points.ts';
import type { Centroids } from './centroids.ts';
import type { KMeansPlan } from './plan.ts';

/**
 * An inertia smaller than this share of the points' sum of squares is computed from distances, because the difference of
 * sums would lose its digits.
 */
export const CANCELS = 1e-6;

/** The sums of the clusters: integers that each thread adds to, and what they come to. */
export class ClusterSums {
  readonly #plan: KMeansPlan;
  readonly #memory: SessionMemory;
  readonly #summary: PointSummary;
  readonly #centroids: Centroids;

  constructor(plan: KMeansPlan, memory: SessionMemory, summary: PointSummary, centroids: Centroids) {
    this.#plan = plan;
    this.#memory = memory;
    this.#summary = summary;
    this.#centroids = centroids;
  }

  /** Empties all clusters. */
  clear(): void {
    const { allSums, sumBytes } = this.#plan.globals;
    this.#memory.kernels.zero(allSums, sumBytes * this.#plan.threads);
  }

  /** The integers of all threads, K x (D + 2). */
  totals(): PartTotals {
    const totals = this.#totalsOf(0).slice();
    for (let thread = 1; thread < this.#plan.globals.sumThreads; thread++) {
      addTotals(totals, this.#totalsOf(thread));
    }
    return totals;
  }

  /** Adds up the integers for `ofClusters` and `inertia`. */
  gather(): void {
    this.#memory.kernels.gatherSums(0, this.#plan.globals.clusters);
  }

  /** What the totals of a whole come to; `squares` as in `inertia`. */
  conclude(totals: PartTotals, squares: number): WholeAssignment {
    const { allSums, sumBytes, sumThreads } = this.#plan.globals;
    // The sums of all parts take the place of this part's own for a moment.
    const all = this.#memory.bytes(allSums, sumBytes * sumThreads);
    const own = all.slice();
    all.fill(0);
    this.#totalsOf(0).set(totals);
    this.gather();
    all.set(own);
    return { ...this.ofClusters(), inertia: this.inertia(squares) };
  }

  /** Sums and weights of the clusters from what was gathered last. */
  ofClusters(): Pick<WholeAssignment, 'sums' | 'weights'> {
    const { columns, clusters } = this.#plan.globals;
    const { shift } = this.#summary;
    const { unit } = this.#plan.points;
    const about = this.#aboutShift;
    const sums = new Float64Array(clusters * columns);
    const weights = new Float64Array(clusters);
    for (let k = 0; k < clusters; k++) {
      const from = k * (columns + 1);
      weights[k] = about[from + columns];
      for (let j = 0; j < columns; j++) {
        sums[k * columns + j] = (about[from + j] + weights[k] * shift[j]) * unit;
      }
    }
    return { sums, weights };
  }

  /**
   * Weighted sum of squared distances: |x|^2 - 2 x.c + |c|^2 summed cluster by cluster.
   *
   * @param squares weighted sum of |x|^2 about the shift
   * @returns undefined when too few digits are left; then it takes distances
   */
  inertia(squares: number): number | undefined {
    const { columns, clusters } = this.#plan.globals;
    const centers = this.#centroids.assigned;
    const sums = this.#aboutShift;
    let inertia = squares;
    for (let k = 0; k < clusters; k++) {
      const weight = sums[k * (columns + 1) + columns];
      for (let j = 0; j < columns; j++) {
        const center = centers[k * columns + j];
        inertia += center * (weight * center - 2 * sums[k * (columns + 1) + j]);
      }
    }
    return inertia < CANCELS * squares ? undefined : inertia * this.#plan.points.unit ** 2;
  }

  /** One thread's integers, K x (D + 2). */
  #totalsOf(thread: number): BigInt64Array {
    const { allSums, sumBytes, clusters, columns } = this.#plan.globals;
    return this.#memory.integers(allSums + thread * sumBytes, clusters * (columns + 2));
  }

  /** K x (D + 1) in the kernels' units. */
  get #aboutShift(): Float64Array {
    const { sums, clusters, columns } = this.#plan.globals;
    return this.#memory.doubles(sums, clusters * (columns + 1));
  }
}
