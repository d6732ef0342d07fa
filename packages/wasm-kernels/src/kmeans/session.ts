import { DataError, type Matrix } from '@shoal/core';
import {
  assertLength,
  assertRowIndices,
  type AssignmentState,
  type ColumnMoments,
  Destroyable,
  drawSeedsOneByOne,
  exactStep,
  type KMeansIteration,
  type KMeansPartOptions,
  type KMeansPartSession,
  type KMeansSessionOptions,
  lloydSteps,
  magicOf,
  moveCentroids,
  narrowLabels,
  type PartMeasures,
  type PartTotals,
  Seeding,
  type SeedPass,
  type SeedState,
  type WholeAssignment,
} from '@shoal/core/engine-kit';
import { BATCH_ROWS, CANDIDATES, type KernelName } from '../kernels.ts';
import type { Runtime, SessionMemory } from '../memory.ts';
import { ResidentPoints, type PointSummary } from '../resident-points.ts';
import { BoundUse } from './bound-use.ts';
import { Centroids } from './centroids.ts';
import { CANCELS, ClusterSums } from './cluster-sums.ts';
import { FixedMoments } from './fixed-moments.ts';
import { setQuanta, type FixedPointBasis } from './fixed-sums.ts';
import { passesByRow } from './passes-by-row.ts';
import { Seeds } from './seeds.ts';
import { writeTuning } from './tuning.ts';
import { planKMeans, TABLE_ROWS, type KMeansPlan, type KMeansWorkOptions } from './plan.ts';

/** A label that no cluster has: the point was not assigned yet. */
const UNASSIGNED = 0xffffffff;
/** Float32 keys are faster when int16 keys leave more than this share of the points undecided. */
const MOSTLY_UNDECIDED = 0.2;
/** An inertia that is computed from distances is at most this share, however the difference of sums was rounded. */
const MOST_FROM_DISTANCES = 4 * CANCELS;

/**
 * k-means in WebAssembly. Labels are those of float64 distances, although few of these are computed (see
 * assembly/assignment.ts), and sums are exact integers (assembly/fixed-sums.ts). So results are bit-identical for any number
 * of threads.
 */
export class WasmKMeansSession extends Destroyable implements KMeansPartSession {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
  readonly center: Float64Array;
  readonly seedBound: number;
  readonly mostSeeds = Seeds.most;

  readonly #plan: KMeansPlan;
  readonly #memory: SessionMemory;
  readonly #points: ResidentPoints;
  readonly #moments: FixedMoments;
  readonly #summary: PointSummary;
  readonly #centroids: Centroids;
  readonly #sums: ClusterSums;
  readonly #seeds: Seeds;
  readonly #seeding: Seeding;
  readonly #unitCentroids: boolean;
  readonly #bounds: BoundUse;
  readonly #basis: FixedPointBasis;
  readonly #signal: AbortSignal | undefined;
  /** What the labels and the distances of the points belong to. */
  #labeled: 'nothing' | 'seeds' | 'clusters' = 'nothing';
  #hasOwnDistances = false;
  #fitsFloat32 = true;
  /** Whether centroids moved since the last assignment; bounds know only of one move. */
  #hasMoved = false;

  /**
   * @throws {UnsupportedError} when the session needs more than 4 GiB
   * @throws {DeviceError} when there is too little memory, or a thread ends unexpectedly
   * @throws {DataError} when a value is NaN or infinite
   */
  static async create(
    runtime: Runtime,
    source: Matrix,
    options: KMeansSessionOptions | KMeansPartOptions,
    work: KMeansWorkOptions,
  ): Promise<WasmKMeansSession> {
    const plan = planKMeans(source, options, work);
    const memory = await runtime.allocate(plan.layout, plan.threads);
    const { signal } = options;
    try {
      memory.configure(plan.globalsOf);
      const points = new ResidentPoints(plan.points, memory, source, options.weights);
      const isPart = 'whole' in options;
      const basis = isPart ? options.whole : basisOf(source.rows, options.weights);
      const place = isPart
        ? points.placeInWhole(options.whole, options.center)
        : await points.place(source, options);
      setQuanta(plan, memory, place, basis);
      const moments = await FixedMoments.measure(plan, memory, place, basis, {
        areKnown: isPart && options.momentsKnown,
        measures: isPart ? options.measures : undefined,
        signal,
      });
      const { totals, farthest } = moments;
      const summary = { ...place, ...moments.conclude(totals), farthest };
      return new WasmKMeansSession({ plan, memory, points, moments, summary, basis }, options);
    } catch (error) {
      memory.free();
      throw error;
    }
  }

  private constructor(
    { plan, memory, points, moments, summary, basis }: SessionParts,
    { unitCentroids = false, signal }: KMeansSessionOptions,
  ) {
    super();
    const { rows, columns, clusters } = plan.globals;
    this.rows = rows;
    this.columns = columns;
    this.clusters = clusters;
    this.#plan = plan;
    this.#memory = memory;
    this.#points = points;
    this.#moments = moments;
    this.#summary = summary;
    this.center = summary.center;
    this.#centroids = new Centroids(plan, memory, summary);
    this.#sums = new ClusterSums(plan, memory, summary, this.#centroids);
    this.#seeds = new Seeds(plan, memory, summary, this.#centroids, basis, () => points.weights, signal);
    this.seedBound =
      4 * summary.reach.reduce((sum, value) => sum + value * value, 0) * basis.greatestWeight * basis.rows;
    this.#seeding = new Seeding(passesByRow(this.#seeds, points, rows), this.seedBound);
    this.#unitCentroids = unitCentroids;
    this.#bounds = new BoundUse(plan.globals.bounds !== 0, columns * clusters, plan.startsQuantized);
    this.#basis = basis;
    this.#signal = signal;
  }

  async columnMoments(): Promise<ColumnMoments> {
    this.#memory.assertLive();
    return this.#moments.columnMoments(this.#moments.totals);
  }

  async readRows(rows: Uint32Array): Promise<Float32Array> {
    return this.#points.readRows(rows);
  }

  async resetSeeds(): Promise<void> {
    this.#memory.assertLive();
    this.#labeled = 'seeds';
    this.#seeding.reset();
  }

  async seedPotentials(candidates: Uint32Array): Promise<Float64Array> {
    assertRowIndices(candidates, this.rows);
    await this.#startSeeding();
    const potentials = await this.#seeding.judge(candidates);
    return potentials.map((potential) => this.#finite(potential * this.seedUnit));
  }

  async addSeeds(rows: Uint32Array): Promise<void> {
    assertRowIndices(rows, this.rows);
    await this.#startSeeding();
    await this.#seeding.add(rows);
  }

  async seedWeights(): Promise<Float64Array> {
    await this.#startSeeding();
    return this.#seeding.totalWeights();
  }

  async sampleRows(uniforms: Float64Array): Promise<Uint32Array> {
    await this.#startSeeding();
    return this.#seeding.sample(uniforms);
  }

  drawSeeds(uniforms: Float64Array, trials: number): Promise<Uint32Array> {
    return drawSeedsOneByOne(this, uniforms, trials, this.#signal);
  }

  async writeCentroids(centroids: Float32Array | Float64Array): Promise<void> {
    const { values } = this.#centroids;
    assertLength('The centroids', centroids, values.length);
    this.#memory.assertLive();
    this.#forgetLabels();
    values.set(centroids);
    this.#fitsFloat32 = this.#centroids.load();
  }

  async readCentroids(): Promise<Float64Array> {
    this.#memory.assertLive();
    return this.#centroids.values.slice();
  }

  step(count: number, tolerance: number): Promise<readonly KMeansIteration[]> {
    return lloydSteps(count, tolerance, async () => {
      const assignment = await this.assign();
      const { sums, weights } = this.#sums.ofClusters();
      const empty = weights.filter((weight) => weight === 0).length;
      let shift = 0;
      if (empty === 0) {
        shift = moveCentroids(this.#centroids.values, sums, weights, this.#unitCentroids);
        this.#fitsFloat32 = this.#centroids.load();
      }
      return { ...assignment, shift, empty };
    });
  }

  async assign(): Promise<Pick<KMeansIteration, 'inertia' | 'changed'>> {
    const { changed } = await this.assignPart();
    this.#sums.gather();
    const inertia = this.#sums.inertia(this.#summary.inertia) ?? (await this.#inertiaFromDistances());
    return { inertia: this.#finite(inertia), changed };
  }

  async assignPart(): Promise<Pick<KMeansIteration, 'changed'>> {
    this.#memory.assertLive();
    if (!this.#fitsFloat32) this.#finite(Infinity);
    if (this.#labeled !== 'clusters') {
      this.#forgetLabels();
      this.#centroids.load();
    }
    const { globals, chunks } = this.#plan;
    const { changedRows, closeRows, comparedGroups, groups } = globals;
    this.#hasOwnDistances = false;
    // This pass cannot be aborted: labels and sums would then belong to two different sets of centroids.
    this.#labeled = 'nothing';
    const { areValid: areBoundsValid, renews: renewsBounds } = this.#bounds;
    writeTuning(this.#memory, globals.tuning, { areBoundsValid, renewsBounds });
    await this.#run('assignChunk', chunks);
    this.#labeled = 'clusters';
    this.#centroids.settle();
    this.#hasMoved = false;
    this.#bounds.conclude(sum(this.#memory.words(comparedGroups, chunks)) / (this.rows * groups));
    const changed = sum(this.#memory.words(changedRows, chunks));
    const undecided = sum(this.#memory.words(closeRows, chunks));
    if (this.#centroids.isQuantized && undecided > MOSTLY_UNDECIDED * this.rows) {
      this.#centroids.stopQuantizing();
    }
    return { changed };
  }

  async readLabels(): Promise<Uint32Array> {
    return this.#labels.slice();
  }

  async readDistances(): Promise<Float32Array> {
    await this.#computeOwnDistances(this.#summary.inertia);
    return this.#distances.map((distance) => distance * this.#plan.points.unit ** 2);
  }

  async readSums(): Promise<Pick<WholeAssignment, 'sums' | 'weights'>> {
    return this.#sums.ofClusters();
  }

  async distancesToCentroids(start: number, count: number): Promise<Float32Array> {
    if (count > 0) assertRowIndices([start, start + count - 1], this.rows);
    const { clusters } = this;
    const unit = Math.abs(this.#plan.points.unit);
    const out = new Float32Array(count * clusters);
    const { kernels } = this.#memory;
    for (let first = start; first < start + count; first += TABLE_ROWS) {
      const rows = Math.min(TABLE_ROWS, start + count - first);
      for (let block = 0; block < clusters; block += CANDIDATES) {
        const width = Math.min(CANDIDATES, clusters - block);
        for (let c = 0; c < width; c++) kernels.loadCenter(c, block + c);
        kernels.packCandidates(width);
        await this.#run('tableBatch', Math.ceil(rows / BATCH_ROWS), first, first + rows, width);
        const squares = this.#memory.floats(this.#plan.globals.table, rows * CANDIDATES);
        for (let i = 0; i < rows; i++) {
          const to = (first - start + i) * clusters + block;
          for (let c = 0; c < width; c++) {
            out[to + c] = this.#finite(Math.sqrt(squares[i * CANDIDATES + c]) * unit);
          }
        }
      }
    }
    return out;
  }

  measures(): PartMeasures {
    const { norms, bounds } = this.#plan.globals;
    const keeps = norms !== 0 && bounds !== 0;
    return {
      farthest: this.#summary.farthest,
      norms: keeps ? this.#memory.floats(norms, this.rows).slice() : undefined,
    };
  }

  momentTotals(): PartTotals {
    return this.#moments.totals;
  }

  concludeMoments(totals: PartTotals): ColumnMoments {
    return this.#moments.columnMoments(totals);
  }

  moveTo(centroids: Float64Array): void {
    assertLength('The centroids', centroids, this.#centroids.values.length);
    if (this.#hasMoved) this.#bounds.invalidate();
    this.#hasMoved = true;
    this.#centroids.values.set(centroids);
    this.#fitsFloat32 = this.#centroids.load();
  }

  assignmentState(before?: AssignmentState): AssignmentState {
    const { bounds, boundBytes } = this.#plan.globals;
    const own = this.#memory.bytes(bounds, this.rows * boundBytes);
    const labels = before?.labels ?? narrowLabels(this.#labels, this.clusters);
    const values = before?.bounds.values ?? new Uint8Array(own.length);
    if (before) labels.set(this.#labels);
    const { areValid, rest } = this.#bounds;
    if (areValid) values.set(own);
    return { labels, bounds: { values, areValid, rest, isQuantized: this.#centroids.isQuantized } };
  }

  restoreAssignment({ labels, bounds }: AssignmentState, centroids: Float64Array): void {
    this.#forgetLabels();
    this.#labels.set(labels);
    const { values, areValid } = bounds;
    if (areValid) this.#memory.bytes(this.#plan.globals.bounds, values.length).set(values);
    this.#bounds.resume(bounds);
    this.#centroids.values.set(centroids);
    if (this.#centroids.isQuantized && !bounds.isQuantized) this.#centroids.stopQuantizing();
    this.#fitsFloat32 = this.#centroids.load();
    this.#centroids.settle();
    this.#hasMoved = false;
  }

  clusterTotals(): PartTotals {
    return this.#sums.totals();
  }

  concludeAssignment(clusters: PartTotals, moments: PartTotals): WholeAssignment {
    const { inertia: squares } = this.#moments.conclude(moments);
    const { inertia, ...sums } = this.#sums.conclude(clusters, squares);
    return { ...sums, inertia: inertia && this.#finite(inertia) };
  }

  distanceSums(moments: PartTotals): Promise<Float64Array> {
    return this.#computeOwnDistances(this.#moments.conclude(moments).inertia);
  }

  get seedUnit(): number {
    return this.#plan.points.unit ** 2;
  }

  async passSeeds(
    added: ArrayLike<number>,
    first: number,
    candidates: ArrayLike<number>,
    step: number,
  ): Promise<SeedPass> {
    await this.#startSeeding();
    return this.#seeds.run({ rows: added, first }, candidates, step);
  }

  drawSeedRows(targets: Float64Array, before: number, step: number): Uint32Array {
    return this.#seeds.draw(targets, before, step);
  }

  seedState(): SeedState {
    return this.#seeds.state();
  }

  restoreSeeds(state: SeedState): void {
    this.#labeled = 'seeds';
    this.#hasOwnDistances = false;
    this.#seeds.restore(state);
  }

  destroy(): void {
    this.#memory.free();
  }

  get #labels(): Uint32Array {
    return this.#memory.words(this.#plan.globals.labels, this.rows);
  }

  get #distances(): Float32Array {
    return this.#memory.floats(this.#plan.globals.distances, this.rows);
  }

  #run(kernel: KernelName, count: number, ...args: number[]): Promise<void> {
    return this.#memory.run(kernel, count, this.#signal, ...args);
  }

  /** Makes every point unassigned and every cluster empty. */
  #forgetLabels(): void {
    this.#labels.fill(UNASSIGNED);
    this.#sums.clear();
    this.#bounds.invalidate();
    this.#labeled = 'clusters';
    this.#hasOwnDistances = false;
  }

  /** The distances are to seeds or to clusters, not both: an assignment discards the seeds. */
  async #startSeeding(): Promise<void> {
    this.#memory.assertLive();
    if (this.#labeled !== 'seeds') await this.resetSeeds();
    this.#hasOwnDistances = false;
  }

  async #inertiaFromDistances(): Promise<number> {
    const [most, rest] = await this.#computeOwnDistances(this.#summary.inertia);
    return (most + rest) * this.seedUnit;
  }

  /**
   * @param squares weighted sum of |x|^2 of all points about the shift
   * @returns two sums of the weighted distances in the kernels' units: of what their bound allows, and of the rest
   */
  async #computeOwnDistances(squares: number): Promise<Float64Array> {
    this.#memory.assertLive();
    const { chunks, globals } = this.#plan;
    if (!this.#hasOwnDistances) {
      const step = exactStep(MOST_FROM_DISTANCES * squares);
      const finer = exactStep(step * this.#basis.rows);
      await this.#centroids.withAssigned(() =>
        this.#run('ownDistances', chunks, magicOf(step), magicOf(finer)),
      );
    }
    this.#hasOwnDistances = true;
    return Float64Array.of(
      sum(this.#memory.doubles(globals.chunkInertia, chunks)),
      sum(this.#memory.doubles(globals.chunkRest, chunks)),
    );
  }

  #finite(distance: number): number {
    if (Number.isFinite(distance)) return distance;
    throw new DataError(
      `A distance, or a sum of squared ones, is ${distance}: the values are too large for float32. Scale the columns (scaling: 'standardize').`,
    );
  }
}

/** What a session is made of. */
interface SessionParts {
  readonly plan: KMeansPlan;
  readonly memory: SessionMemory;
  readonly points: ResidentPoints;
  readonly moments: FixedMoments;
  readonly summary: PointSummary;
  readonly basis: FixedPointBasis;
}

function basisOf(rows: number, weights: Float32Array | undefined): FixedPointBasis {
  return { rows, greatestWeight: weights?.reduce((a, b) => Math.max(a, b), 0) ?? 1 };
}

function sum(values: Float64Array | Uint32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
