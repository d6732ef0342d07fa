import { magicOf } from '../engine/arithmetic/exact-steps.ts';
import type { SeedPass } from '../engine/arithmetic/seeding.ts';
import type { SeedState } from '../engine/kmeans/part-session.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';

/** Points whose distances to candidates are read at a time. */
const ROWS_AT_ONCE = 1 << 16;

/** The seeds of a part, where a session of k-means only finds distances; see `KMeansPartSession`. */
export class MergedSeeds {
  readonly #weights: Float32Array | undefined;
  #distances: Float32Array;
  #nearest: Uint32Array;

  /** @param weights of the points of the part; all 0 when they do not count */
  constructor(rows: number, weights: Float32Array | undefined) {
    this.#weights = weights;
    this.#distances = new Float32Array(rows).fill(Infinity);
    this.#nearest = new Uint32Array(rows);
  }

  reset(): void {
    this.#distances.fill(Infinity);
    this.#nearest.fill(0);
  }

  state(): SeedState {
    return { distances: this.#distances, nearest: this.#nearest };
  }

  restore({ distances, nearest }: SeedState): void {
    this.#distances = distances;
    this.#nearest = nearest;
  }

  /** @param session of the points, with at least as many clusters as there are seeds or candidates */
  async pass(
    session: KMeansSession,
    added: ArrayLike<number>,
    first: number,
    candidates: ArrayLike<number>,
    step: number,
  ): Promise<SeedPass> {
    if (added.length > 0) await this.#add(session, added, first);
    const magic = magicOf(step);
    let mass = 0;
    let greatest = 0;
    for (let i = 0; i < this.#distances.length; i++) {
      const value = this.#massOf(i, this.#distances[i]);
      mass += value + magic - magic;
      greatest = Math.max(greatest, value);
    }
    return { mass, greatest, potentials: await this.#potentials(session, candidates, magic) };
  }

  /** See `KMeansPartSession.drawSeedRows`. */
  draw(targets: Float64Array, before: number, step: number): Uint32Array {
    const magic = magicOf(step);
    const order = Array.from(targets.keys()).sort((a, b) => targets[a] - targets[b]);
    const drawn = new Uint32Array(targets.length);
    let sum = before;
    let last = 0;
    let next = 0;
    for (let i = 0; i < this.#distances.length && next < order.length; i++) {
      const mass = this.#massOf(i, this.#distances[i]) + magic - magic;
      if (mass === 0) continue;
      sum += mass;
      last = i;
      while (next < order.length && targets[order[next]] < sum) drawn[order[next++]] = i;
    }
    for (; next < order.length; next++) drawn[order[next]] = last;
    return drawn;
  }

  async #add(session: KMeansSession, seeds: ArrayLike<number>, first: number): Promise<void> {
    await session.writeCentroids(padded(seeds, session));
    await session.assign();
    const labels = await session.readLabels();
    const distances = await session.readDistances();
    for (let i = 0; i < distances.length; i++) {
      if (distances[i] >= this.#distances[i]) continue;
      this.#distances[i] = distances[i];
      this.#nearest[i] = first + labels[i];
    }
  }

  async #potentials(
    session: KMeansSession,
    candidates: ArrayLike<number>,
    magic: number,
  ): Promise<Float64Array> {
    const { rows, columns, clusters } = session;
    const potentials = new Float64Array(candidates.length / columns);
    if (potentials.length === 0) return potentials;
    await session.writeCentroids(padded(candidates, session));
    for (let start = 0; start < rows; start += ROWS_AT_ONCE) {
      const count = Math.min(ROWS_AT_ONCE, rows - start);
      const distances = await session.distancesToCentroids(start, count);
      for (let i = 0; i < count; i++) {
        const nearest = this.#distances[start + i];
        for (let c = 0; c < potentials.length; c++) {
          const distance = distances[i * clusters + c] ** 2;
          potentials[c] += this.#massOf(start + i, Math.min(nearest, distance)) + magic - magic;
        }
      }
    }
    return potentials;
  }

  #massOf(i: number, distance: number): number {
    if (this.#weights === undefined) return distance;
    return this.#weights[i] === 0 ? 0 : this.#weights[i] * distance;
  }
}

/** As many centroids as a session has: copies of the first one come last, and are nearest to no point. */
function padded(values: ArrayLike<number>, { clusters, columns }: KMeansSession): Float64Array {
  return Float64Array.from({ length: clusters * columns }, (_, at) =>
    at < values.length ? values[at] : values[at % columns],
  );
}
