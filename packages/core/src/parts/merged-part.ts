import { Destroyable } from '../destroyable.ts';
import type { Engine } from '../engine/engine.ts';
import type {
  KMeansPartOptions,
  KMeansPartSession,
  PartTotals,
  SeedState,
  WholeAssignment,
} from '../engine/kmeans/part-session.ts';
import type { KMeansIteration, KMeansSession } from '../engine/kmeans/session.ts';
import type { ColumnMoments } from '../engine/session.ts';
import type { SeedPass } from '../engine/arithmetic/seeding.ts';
import type { Matrix } from '../matrix.ts';
import { MergedSeeds } from './merged-seeds.ts';
import { PartUnits } from './part-units.ts';

/** Seeds or candidates that one pass takes. */
const MOST_SEEDS = 16;

/**
 * A part in the ordinary sessions of an engine whose sums are floats. They are rounded to integers part by part, so that the
 * same parts give the same bits in any order. Other parts of the same points differ by the rounding of the engine's sums.
 */
export async function openMergedPart(
  engine: Engine,
  points: Matrix,
  options: KMeansPartOptions,
): Promise<KMeansPartSession> {
  const part = new MergedPart(engine, points, options);
  await part.measure();
  return part;
}

class MergedPart extends Destroyable implements KMeansPartSession {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
  readonly mostSeeds = MOST_SEEDS;
  readonly seedUnit = 1;
  readonly seedBound: number;
  readonly #engine: Engine;
  readonly #points: Matrix;
  readonly #options: KMeansPartOptions;
  readonly #units: PartUnits;
  readonly #seeds: MergedSeeds;
  /** All points of the part weigh nothing: an engine takes no such weights. */
  readonly #isWeightless: boolean;
  /** A session for assignments, and one for seeds, opened when they are needed. */
  readonly #sessions = new Map<'assignments' | 'seeds', Promise<KMeansSession>>();
  #last: KMeansSession | undefined;
  #moments: PartTotals;
  #totals: PartTotals;
  #inertia = 0;
  /** Centroids that the session does not have yet. */
  #centroids: Float64Array | undefined;
  /** The labels with which those of the next assignment are compared. */
  #labels: Uint32Array | undefined;

  constructor(engine: Engine, points: Matrix, options: KMeansPartOptions) {
    super();
    const { clusters, weights, whole, center } = options;
    this.rows = points.rows;
    this.columns = points.columns;
    this.clusters = clusters;
    this.#engine = engine;
    this.#points = points;
    this.#options = options;
    this.#units = new PartUnits(whole, center);
    this.seedBound = this.#units.seedBound;
    this.#seeds = new MergedSeeds(points.rows, weights);
    this.#isWeightless = weights?.every((weight) => weight === 0) ?? false;
    this.#moments = new BigInt64Array(1 + 3 * this.columns);
    this.#totals = new BigInt64Array(clusters * (1 + this.columns) + 2);
  }

  get center(): Float64Array | undefined {
    return this.#last?.center;
  }

  /** Finds the moments, unless they are known. */
  async measure(): Promise<void> {
    if (this.#options.momentsKnown === true || this.#isWeightless) return;
    const { mean, variance } = await (await this.#session('assignments')).columnMoments();
    const weight = this.#options.weights?.reduce((sum, value) => sum + value, 0) ?? this.rows;
    const offsets = mean.map((value, j) => value - this.#options.center[j]);
    this.#moments = this.#units.totalsOf({
      weights: Float64Array.of(weight),
      first: offsets.map((offset) => weight * offset),
      squares: variance.map((value, j) => weight * (value + offsets[j] ** 2)),
    });
  }

  momentTotals(): PartTotals {
    return this.#moments;
  }

  concludeMoments(totals: PartTotals): ColumnMoments {
    const { columns } = this;
    const lengths = { weights: 1, first: columns, squares: columns };
    const { weights, first, squares } = this.#units.sumsOf(totals, lengths);
    const offsets = first.map((sum) => sum / weights[0]);
    return {
      mean: offsets.map((offset, j) => this.#options.center[j] + offset),
      variance: squares.map((sum, j) => Math.max(0, sum / weights[0] - offsets[j] ** 2)),
    };
  }

  async readRows(rows: Uint32Array): Promise<Float32Array | Float64Array> {
    return (await this.#any()).readRows(rows);
  }

  async writeCentroids(centroids: Float32Array | Float64Array): Promise<void> {
    this.#centroids = Float64Array.from(centroids);
    this.#labels = undefined;
  }

  moveTo(centroids: Float64Array): void {
    this.#centroids = centroids.slice();
  }

  async assignPart(): Promise<Pick<KMeansIteration, 'changed'>> {
    const session = await this.#ready();
    const { inertia } = await session.assign();
    const before = this.#labels;
    this.#labels = await session.readLabels();
    if (!this.#isWeightless) await this.#sum(session, inertia);
    if (before === undefined) return { changed: this.rows };
    const changed = this.#labels.reduce((count, label, i) => count + (label === before[i] ? 0 : 1), 0);
    return { changed };
  }

  clusterTotals(): PartTotals {
    return this.#totals;
  }

  concludeAssignment(totals: PartTotals): WholeAssignment {
    const { clusters, columns } = this;
    const lengths = { weights: clusters, first: clusters * columns, squares: 1 };
    const { weights, first, squares } = this.#units.sumsOf(totals, lengths);
    const { center } = this.#options;
    const sums = first.map((sum, at) => sum + weights[Math.floor(at / columns)] * center[at % columns]);
    return { sums, weights, inertia: squares[0] };
  }

  async distanceSums(): Promise<Float64Array> {
    return Float64Array.of(this.#inertia, 0);
  }

  async readLabels(): Promise<Uint32Array> {
    return this.#labels ?? (await this.#session('assignments')).readLabels();
  }

  async readDistances(): Promise<Float32Array> {
    return (await this.#session('assignments')).readDistances();
  }

  async distancesToCentroids(start: number, count: number): Promise<Float32Array> {
    return (await this.#ready()).distancesToCentroids(start, count);
  }

  async resetSeeds(): Promise<void> {
    this.#seeds.reset();
  }

  async passSeeds(
    added: ArrayLike<number>,
    first: number,
    candidates: ArrayLike<number>,
    step: number,
  ): Promise<SeedPass> {
    return this.#seeds.pass(await this.#session('seeds'), added, first, candidates, step);
  }

  drawSeedRows(targets: Float64Array, before: number, step: number): Uint32Array {
    return this.#seeds.draw(targets, before, step);
  }

  seedState(): SeedState {
    return this.#seeds.state();
  }

  restoreSeeds(state: SeedState): void {
    this.#seeds.restore(state);
  }

  destroy(): void {
    for (const opening of this.#sessions.values()) {
      opening.then(
        (session) => {
          session.destroy();
        },
        () => undefined,
      );
    }
  }

  /** Keeps the sums of the last assignment. */
  async #sum(session: KMeansSession, inertia: number): Promise<void> {
    const { sums, weights } = await session.readSums();
    const { center } = this.#options;
    const { columns } = this;
    this.#inertia = inertia;
    this.#totals = this.#units.totalsOf({
      weights,
      first: sums.map((sum, at) => sum - weights[Math.floor(at / columns)] * center[at % columns]),
      squares: Float64Array.of(inertia),
    });
  }

  /** The session for assignments, with the newest centroids. */
  async #ready(): Promise<KMeansSession> {
    const session = await this.#session('assignments');
    if (this.#centroids) await session.writeCentroids(this.#centroids);
    this.#centroids = undefined;
    return session;
  }

  /** A session that is open, or the one for assignments. */
  async #any(): Promise<KMeansSession> {
    return this.#last ?? this.#session('assignments');
  }

  async #session(use: 'assignments' | 'seeds'): Promise<KMeansSession> {
    const { weights, center, unitCentroids, precision, signal } = this.#options;
    const opening =
      this.#sessions.get(use) ??
      this.#engine.createKMeans(this.#points, {
        clusters: use === 'seeds' ? MOST_SEEDS : this.clusters,
        weights: this.#isWeightless ? undefined : weights,
        center,
        unitCentroids,
        precision,
        signal,
      });
    this.#sessions.set(use, opening);
    this.#last = await opening;
    return this.#last;
  }
}
