import { inTurns } from '../chunks.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import type { Random } from '../random.ts';
import { assignBySize } from './assign-by-size.ts';
import { forEachCost, readCosts } from './costs.ts';
import { selectRows } from './select-rows.ts';
import type { SizeLimits } from './size-limits.ts';

/** Costs that an approximate assignment samples, as values of N x K. */
const SAMPLED_COSTS = 1 << 20;

/** An exact assignment first looks at every 64th point, then at every 8th, if each cluster then has enough of them. */
const SAMPLE_STRIDES = [64, 8];
const SAMPLED_PER_CLUSTER = 16;

/** What assignments have in common. */
interface AssignerOptions {
  /** Holds the points, and the centroids of each assignment. */
  readonly session: KMeansSession;
  readonly weights: Float32Array | undefined;
  readonly limits: SizeLimits;
  readonly signal: AbortSignal | undefined;
}

/** Assigns points to the centroids that a session has, within limits of size. Each assignment starts from the last one. */
export interface Assigner {
  /** @returns cluster of each point, N values */
  assign(): Promise<Uint32Array>;
  /** How much an assignment for the same centroids may be better, as a share of the given inertia; 0 when exact. */
  gap(inertia: number): Promise<number>;
}

/** The best assignment. It holds the costs of all points in all clusters. */
export class ExactAssigner implements Assigner {
  readonly #options: AssignerOptions;
  readonly #prices: Float64Array;
  /** N x K. */
  readonly #costs: Float64Array;
  #hasPrices = false;

  constructor(options: AssignerOptions) {
    this.#options = options;
    this.#prices = new Float64Array(options.session.clusters);
    this.#costs = new Float64Array(options.session.rows * options.session.clusters);
  }

  async assign(): Promise<Uint32Array> {
    const { session, weights, limits, signal } = this.#options;
    await readCosts(session, weights, signal, this.#costs);
    if (!this.#hasPrices) await this.#findPrices(this.#costs);
    return inTurns(assignBySize(this.#costs, limits, this.#prices), signal);
  }

  gap(): Promise<number> {
    return Promise.resolve(0);
  }

  /** Prices of samples, each larger than the one before: from them, few points of the whole have to move. */
  async #findPrices(costs: Float64Array): Promise<void> {
    const { session, limits, signal } = this.#options;
    const { rows, clusters } = session;
    this.#hasPrices = true;
    for (const stride of SAMPLE_STRIDES) {
      const count = Math.floor(rows / stride);
      if (count < SAMPLED_PER_CLUSTER * clusters) continue;
      const sample = new Float64Array(count * clusters);
      for (let i = 0; i < count; i++) {
        const at = i * stride * clusters;
        sample.set(costs.subarray(at, at + clusters), i * clusters);
      }
      await inTurns(assignBySize(sample, limitsOfShare(limits, count / rows), this.#prices), signal);
    }
  }
}

/**
 * A nearly best assignment, without a table of N x K: prices come from the best assignment of a sample, every point takes
 * its favorite cluster at these prices, and the points that are most nearly undecided are assigned again, as well as
 * possible, so that sizes are within the limits. Prices bound what the best assignment could cost (weak duality).
 */
export class ApproximateAssigner implements Assigner {
  readonly #options: AssignerOptions;
  readonly #prices: Float64Array;
  readonly #sample: Uint32Array;

  constructor(options: AssignerOptions, random: Random) {
    const { rows, clusters } = options.session;
    this.#options = options;
    this.#prices = new Float64Array(clusters);
    const size = Math.min(rows, Math.max(clusters, Math.floor(SAMPLED_COSTS / clusters)));
    this.#sample = random.distinct(size, rows).sort();
  }

  async assign(): Promise<Uint32Array> {
    const { limits, signal, session } = this.#options;
    const ofSample = limitsOfShare(limits, this.#sample.length / session.rows);
    await inTurns(assignBySize(await this.#costsOf(this.#sample), ofSample, this.#prices), signal);
    const { labels, margins } = await this.#favorites();
    const { chosen, limits: left } = selectRows(labels, margins, limits);
    const again = await inTurns(assignBySize(await this.#costsOf(chosen), left, this.#prices), signal);
    chosen.forEach((row, i) => {
      labels[row] = again[i];
    });
    return labels;
  }

  async gap(inertia: number): Promise<number> {
    const { least, most } = this.#options.limits;
    const { total } = await this.#favorites();
    const bound = this.#prices.reduce(
      (sum, price, k) => sum - price * (price > 0 ? most[k] : least[k]),
      total,
    );
    return inertia > 0 ? Math.max(0, (inertia - bound) / inertia) : 0;
  }

  /**
   * The favorite cluster of each point at the prices, and how much more the second choice would cost; and the sum of costs
   * and prices.
   */
  async #favorites() {
    const { session, weights, signal } = this.#options;
    const { rows, clusters } = session;
    const labels = new Uint32Array(rows);
    const margins = new Float64Array(rows);
    const prices = this.#prices;
    let total = 0;
    await forEachCost(session, weights, signal, (costs, start) => {
      for (let at = 0; at < costs.length; at += clusters) {
        let [least, second, label] = [Infinity, Infinity, 0];
        for (let k = 0; k < clusters; k++) {
          const cost = costs[at + k] + prices[k];
          if (cost < least) [second, least, label] = [least, cost, k];
          else if (cost < second) second = cost;
        }
        const row = start + at / clusters;
        labels[row] = label;
        margins[row] = second - least;
        total += least;
      }
    });
    return { labels, margins, total };
  }

  async #costsOf(rows: Uint32Array): Promise<Float64Array> {
    const { session, weights, signal } = this.#options;
    const { clusters } = session;
    const out = new Float64Array(rows.length * clusters);
    let next = 0;
    await forEachCost(session, weights, signal, (costs, start) => {
      const end = start + costs.length / clusters;
      for (; next < rows.length && rows[next] < end; next++) {
        const at = (rows[next] - start) * clusters;
        out.set(costs.subarray(at, at + clusters), next * clusters);
      }
    });
    return out;
  }
}

/** The limits of a part of the points. */
function limitsOfShare({ least, most }: SizeLimits, share: number): SizeLimits {
  return {
    least: least.map((value) => Math.floor(value * share)),
    most: most.map((value) => Math.ceil(value * share)),
  };
}
