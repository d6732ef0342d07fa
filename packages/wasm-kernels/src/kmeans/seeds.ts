import { addSeedTotals, magicOf, type SeedPass, type SeedState } from '@shoal/core/engine-kit';
import { CANDIDATES } from '../kernels.ts';
import type { SessionMemory } from '../memory.ts';
import type { PointSummary } from '../resident-points.ts';
import type { Centroids } from './centroids.ts';
import type { FixedPointBasis } from './fixed-sums.ts';
import { sampleSeeds } from './sample-seeds.ts';
import type { KMeansPlan } from './plan.ts';

/** The label of a point that has no nearest seed yet. */
const NO_SEED = 0xffffffff;

/** Rows in the form of `readRows`, and the number of the first of them. */
export interface NumberedSeeds {
  readonly rows: ArrayLike<number>;
  readonly first: number;
}

/** The seeds of a session: distances of the points to them, masses of the chunks, and which seed is nearest. */
export class Seeds {
  /** One seed may be added before so many candidates. */
  static readonly most = CANDIDATES - 4;
  readonly #plan: KMeansPlan;
  readonly #memory: SessionMemory;
  readonly #summary: PointSummary;
  readonly #centroids: Centroids;
  readonly #weights: () => Float32Array | undefined;
  /** A bound of the weights of all points together. */
  readonly #totalWeight: number;
  readonly #signal: AbortSignal | undefined;

  /** @param weights of the points, in the session's memory */
  constructor(
    plan: KMeansPlan,
    memory: SessionMemory,
    summary: PointSummary,
    centroids: Centroids,
    { rows, greatestWeight }: FixedPointBasis,
    weights: () => Float32Array | undefined,
    signal: AbortSignal | undefined,
  ) {
    this.#plan = plan;
    this.#memory = memory;
    this.#summary = summary;
    this.#centroids = centroids;
    this.#weights = weights;
    this.#totalWeight = rows * greatestWeight;
    this.#signal = signal;
  }

  /** Forgets all seeds. */
  forget(): void {
    this.#distances.fill(Infinity);
    this.#nearest.fill(NO_SEED);
    this.#masses.fill(Infinity);
  }

  /** Adds seeds, then evaluates candidates, which are rows in the same form. All sums are in the kernels' units. */
  async run(added: NumberedSeeds, candidates: ArrayLike<number>, step: number): Promise<SeedPass> {
    const { chunks, globals } = this.#plan;
    const counts = [added.rows.length / globals.columns, candidates.length / globals.columns];
    this.#load(added.rows, 0);
    this.#load(candidates, counts[0]);
    this.#centroids.packCandidates(counts[0] + counts[1]);
    await this.#memory.run(
      'seedChunk',
      chunks,
      this.#signal,
      counts[0],
      added.first,
      counts[1],
      magicOf(step),
    );
    const all = this.#potentials;
    const potentials = new Float64Array(counts[1]);
    for (let at = 0; at < all.length; at++) {
      if (at % CANDIDATES < potentials.length) potentials[at % CANDIDATES] += all[at];
    }
    return {
      mass: this.#masses.reduce((sum, mass) => sum + mass, 0),
      greatest: this.#memory
        .doubles(globals.chunkRest, chunks)
        .reduce((most, mass) => Math.max(most, mass), 0),
      potentials,
    };
  }

  /** Takes over the masses after adding a candidate of the last pass. */
  adopt(candidate: number): void {
    const potentials = this.#potentials;
    this.#masses.set(this.#masses.map((_, chunk) => potentials[chunk * CANDIDATES + candidate]));
  }

  /**
   * Draws rows by running sums of masses that begin with `before`.
   *
   * @param waiting a seed that the distances do not include, but the masses do
   */
  draw(targets: Float64Array, before: number, step: number, waiting?: NumberedSeeds): Uint32Array {
    const weights = this.#weights();
    const distances = this.#distances;
    const { rows, chunkRows } = this.#plan.globals;
    const { kernels } = this.#memory;
    const magic = magicOf(step);
    if (waiting) {
      this.#load(waiting.rows, 0);
      this.#centroids.packCandidates(1);
    }
    return sampleSeeds(
      {
        rows,
        chunkRows,
        before,
        chunkMasses: this.#masses.slice(),
        massesOf: (chunk) => {
          if (waiting) kernels.seedChunk(chunk, 1, waiting.first, 0, magic);
          return (row) => (weights?.[row] ?? 1) * distances[row] + magic - magic;
        },
      },
      targets,
    );
  }

  /** Total weight of the points nearest to each of `count` seeds. */
  totalWeights(count: number): Float64Array {
    const totals = new Float64Array(count);
    addSeedTotals(totals, this.#nearest, this.#weights(), this.#totalWeight);
    return totals;
  }

  /** Distances and nearest seeds. */
  state(): SeedState {
    return { distances: this.#distances.slice(), nearest: this.#nearest.slice() };
  }

  /** Puts back what `state` returned; masses are those of the next pass. */
  restore({ distances, nearest }: SeedState): void {
    this.#distances.set(distances);
    this.#nearest.set(nearest);
  }

  /** Writes rows as candidates, from the one at `first` on, exactly as the kernels have the points. */
  #load(rows: ArrayLike<number>, first: number): void {
    const { globals, points } = this.#plan;
    const { columns, isBytes, candidates } = globals;
    const { shift } = this.#summary;
    const to = this.#memory.doubles(candidates + 8 * first * columns, rows.length);
    for (let at = 0; at < rows.length; at++) {
      to[at] = (isBytes ? Math.round(rows[at] / points.unit) : rows[at]) - shift[at % columns];
    }
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
