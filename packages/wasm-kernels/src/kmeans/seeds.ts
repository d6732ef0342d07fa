import { CANDIDATES } from '../kernels.ts';
import type { SessionMemory } from '../memory.ts';
import type { Centroids } from './centroids.ts';
import { sampleSeeds } from './sample-seeds.ts';
import type { KMeansPlan } from './plan.ts';

/** The label of a point that has no nearest seed yet. */
const NO_SEED = 0xffffffff;

/** A seed that the distances do not include yet. */
interface Waiting {
  readonly row: number;
  readonly number: number;
}

/**
 * The seeds of a session: distances of the points to them, masses of the chunks, and which seed is nearest.
 *
 * A seed that was just a candidate waits: the masses after it are already known, as its potentials. The distances need it
 * only when the next candidates are evaluated, and then it is added in the same pass over the points. That saves every
 * second pass of greedy k-means++, and the result has the same bits.
 */
export class Seeds {
  readonly #plan: KMeansPlan;
  readonly #memory: SessionMemory;
  readonly #centroids: Centroids;
  readonly #weights: () => Float32Array | undefined;
  readonly #signal: AbortSignal | undefined;
  #count = 0;
  #judged: Uint32Array = new Uint32Array();
  #waiting: Waiting | undefined;

  /** @param weights of the points, in the session's memory */
  constructor(
    plan: KMeansPlan,
    memory: SessionMemory,
    centroids: Centroids,
    weights: () => Float32Array | undefined,
    signal: AbortSignal | undefined,
  ) {
    this.#plan = plan;
    this.#memory = memory;
    this.#centroids = centroids;
    this.#weights = weights;
    this.#signal = signal;
  }

  /** Forgets all seeds. */
  reset(): void {
    this.#distances.fill(Infinity);
    this.#nearest.fill(NO_SEED);
    this.#masses.fill(Infinity);
    this.#count = 0;
    this.#judged = new Uint32Array();
    this.#waiting = undefined;
  }

  /** Adds rows to the seeds. */
  async add(rows: Uint32Array): Promise<void> {
    const judged = rows.length === 1 && !this.#waiting ? this.#judged.indexOf(rows[0]) : -1;
    if (judged >= 0) {
      this.#waiting = { row: rows[0], number: this.#count++ };
      const potentials = this.#potentials;
      this.#masses.set(this.#masses.map((_, chunk) => potentials[chunk * CANDIDATES + judged]));
      this.#judged = new Uint32Array();
      return;
    }
    await this.settle();
    for (let first = 0; first < rows.length; first += CANDIDATES) {
      const block = rows.subarray(first, first + CANDIDATES);
      await this.#pass(block, this.#count, new Uint32Array());
      this.#count += block.length;
    }
  }

  /** @returns the potential if each candidate were added, in the kernels' units */
  async judge(candidates: Uint32Array): Promise<Float64Array> {
    const result = new Float64Array(candidates.length);
    const most = CANDIDATES - 4;
    for (let first = 0; first < candidates.length; first += most) {
      const block = candidates.subarray(first, first + most);
      const { row, number } = this.#waiting ?? { row: 0, number: 0 };
      await this.#pass(this.#waiting ? Uint32Array.of(row) : new Uint32Array(), number, block);
      this.#waiting = undefined;
      const potentials = this.#potentials;
      for (let at = 0; at < potentials.length; at++) {
        if (at % CANDIDATES < block.length) result[first + (at % CANDIDATES)] += potentials[at];
      }
      this.#judged = block.slice();
    }
    return result;
  }

  /** Draws rows by their mass. */
  sample(uniforms: Float64Array): Uint32Array {
    const weights = this.#weights();
    const distances = this.#distances;
    const { rows, chunkRows } = this.#plan.globals;
    const { kernels } = this.#memory;
    if (this.#waiting) this.#load(Uint32Array.of(this.#waiting.row));
    return sampleSeeds(
      {
        rows,
        chunkRows,
        chunkMasses: this.#masses.slice(),
        massesOf: (chunk) => {
          if (this.#waiting) kernels.seedChunk(chunk, 1, this.#waiting.number, 0);
          return (row) => (weights?.[row] ?? 1) * distances[row];
        },
      },
      uniforms,
    );
  }

  /** @returns total weight of the points nearest to each seed */
  async totalWeights(): Promise<Float64Array> {
    await this.settle();
    const totals = new Float64Array(this.#count);
    const weights = this.#weights();
    this.#nearest.forEach((seed, i) => {
      if (seed !== NO_SEED) totals[seed] += weights?.[i] ?? 1;
    });
    return totals;
  }

  /** Updates the distances with a waiting seed. */
  async settle(): Promise<void> {
    if (!this.#waiting) return;
    const { row, number } = this.#waiting;
    await this.#pass(Uint32Array.of(row), number, new Uint32Array());
    this.#waiting = undefined;
  }

  async #pass(added: Uint32Array, firstSeed: number, candidates: Uint32Array): Promise<void> {
    this.#load(Uint32Array.of(...added, ...candidates));
    const { chunks } = this.#plan;
    const counts = [added.length, firstSeed, candidates.length];
    await this.#memory.run('seedChunk', chunks, this.#signal, ...counts);
  }

  #load(rows: Uint32Array): void {
    rows.forEach((row, c) => {
      this.#memory.kernels.loadCandidate(c, row);
    });
    this.#centroids.packCandidates(rows.length);
  }

  get #distances(): Float32Array {
    const { distances, rows } = this.#plan.globals;
    return this.#memory.floats(distances, rows);
  }

  get #nearest(): Uint32Array {
    const { labels, rows } = this.#plan.globals;
    return this.#memory.words(labels, rows);
  }

  get #masses(): Float64Array {
    return this.#memory.doubles(this.#plan.globals.chunkInertia, this.#plan.chunks);
  }

  get #potentials(): Float64Array {
    return this.#memory.doubles(this.#plan.globals.potentials, CANDIDATES * this.#plan.chunks);
  }
}
