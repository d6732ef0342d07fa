import { DataError, type Matrix } from '@shoal/core';
import {
  assertLength,
  assertRowIndices,
  type ColumnMoments,
  Destroyable,
  drawSeedsOneByOne,
  type KMeansIteration,
  type KMeansSession,
  type KMeansSessionOptions,
  moveCentroids,
} from '@shoal/core/engine-kit';
import { BATCH_ROWS, CANDIDATES, type KernelName } from '../kernels.ts';
import type { Runtime, SessionMemory } from '../memory.ts';
import { ResidentPoints, type PointSummary } from '../resident-points.ts';
import { BoundUse } from './bound-use.ts';
import { Centroids } from './centroids.ts';
import { setQuanta } from './fixed-sums.ts';
import { Seeds } from './seeds.ts';
import { writeTuning } from './tuning.ts';
import { planKMeans, TABLE_ROWS, type KMeansPlan, type KMeansWorkOptions } from './plan.ts';

/** A label that no cluster has: the point was not assigned yet. */
const UNASSIGNED = 0xffffffff;
/** Float32 keys are faster when int16 keys leave more than this share of the points undecided. */
const MOSTLY_UNDECIDED = 0.2;
/**
 * An inertia smaller than this share of the points' sum of squares is computed from distances, because the difference of
 * sums would lose its digits.
 */
const CANCELS = 1e-6;

/**
 * k-means in WebAssembly. Labels are those of float64 distances, although few of these are computed (see
 * assembly/assignment.ts), and sums are exact integers (assembly/fixed-sums.ts). So results are bit-identical for any number
 * of threads.
 */
export class WasmKMeansSession extends Destroyable implements KMeansSession {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
  readonly center: Float64Array;

  readonly #plan: KMeansPlan;
  readonly #memory: SessionMemory;
  readonly #points: ResidentPoints;
  readonly #summary: PointSummary;
  readonly #centroids: Centroids;
  readonly #seeds: Seeds;
  readonly #unitCentroids: boolean;
  readonly #bounds: BoundUse;
  readonly #signal: AbortSignal | undefined;
  /** What the labels and the distances of the points belong to. */
  #labeled: 'nothing' | 'seeds' | 'clusters' = 'nothing';
  #hasOwnDistances = false;
  #fitsFloat32 = true;

  /**
   * @throws {UnsupportedError} when the session needs more than 4 GiB
   * @throws {DeviceError} when there is too little memory, or a thread ends unexpectedly
   * @throws {DataError} when a value is NaN or infinite
   */
  static async create(
    runtime: Runtime,
    source: Matrix,
    options: KMeansSessionOptions,
    work: KMeansWorkOptions,
  ): Promise<WasmKMeansSession> {
    const plan = planKMeans(source, options, work);
    const memory = await runtime.allocate(plan.layout, plan.threads);
    try {
      memory.configure(plan.globalsOf);
      const points = new ResidentPoints(plan.points, memory, source, options.weights);
      const summary = await points.summarize(source, options);
      return new WasmKMeansSession(plan, memory, points, summary, options);
    } catch (error) {
      memory.free();
      throw error;
    }
  }

  private constructor(
    plan: KMeansPlan,
    memory: SessionMemory,
    points: ResidentPoints,
    summary: PointSummary,
    { weights, unitCentroids = false, signal }: KMeansSessionOptions,
  ) {
    super();
    const { rows, columns, clusters } = plan.globals;
    this.rows = rows;
    this.columns = columns;
    this.clusters = clusters;
    this.#plan = plan;
    this.#memory = memory;
    this.#points = points;
    this.#summary = summary;
    this.center = summary.center;
    this.#centroids = new Centroids(plan, memory, summary);
    this.#seeds = new Seeds(plan, memory, this.#centroids, () => points.weights, signal);
    this.#unitCentroids = unitCentroids;
    this.#bounds = new BoundUse(plan.globals.bounds !== 0, columns * clusters, plan.startsQuantized);
    this.#signal = signal;
    setQuanta(plan, memory, summary, weights?.reduce((a, b) => Math.max(a, b), 0) ?? 1);
  }

  async columnMoments(): Promise<ColumnMoments> {
    this.#memory.assertLive();
    return { mean: this.#summary.mean.slice(), variance: this.#summary.variance.slice() };
  }

  async readRows(rows: Uint32Array): Promise<Float32Array> {
    return this.#points.readRows(rows);
  }

  async resetSeeds(): Promise<void> {
    this.#memory.assertLive();
    this.#labeled = 'seeds';
    this.#seeds.reset();
  }

  async seedPotentials(candidates: Uint32Array): Promise<Float64Array> {
    assertRowIndices(candidates, this.rows);
    await this.#startSeeding();
    const potentials = await this.#seeds.judge(candidates);
    return potentials.map((potential) => this.#finite(potential * this.#plan.points.unit ** 2));
  }

  async addSeeds(rows: Uint32Array): Promise<void> {
    assertRowIndices(rows, this.rows);
    await this.#startSeeding();
    await this.#seeds.add(rows);
  }

  async seedWeights(): Promise<Float64Array> {
    await this.#startSeeding();
    return this.#seeds.totalWeights();
  }

  async sampleRows(uniforms: Float64Array): Promise<Uint32Array> {
    await this.#startSeeding();
    return this.#seeds.sample(uniforms);
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

  async step(count: number, tolerance: number): Promise<readonly KMeansIteration[]> {
    const iterations: KMeansIteration[] = [];
    for (let done = 0; done < count; done++) {
      const { inertia, changed } = await this.assign();
      const { sums, weights } = await this.readSums();
      const empty = weights.filter((weight) => weight === 0).length;
      let shift = 0;
      if (empty === 0) {
        shift = moveCentroids(this.#centroids.values, sums, weights, this.#unitCentroids);
        this.#fitsFloat32 = this.#centroids.load();
      }
      iterations.push({ inertia, changed, shift, empty });
      if (empty > 0 || changed === 0 || shift <= tolerance) break;
    }
    return iterations;
  }

  async assign(): Promise<Pick<KMeansIteration, 'inertia' | 'changed'>> {
    this.#memory.assertLive();
    if (!this.#fitsFloat32) this.#finite(Infinity);
    if (this.#labeled !== 'clusters') {
      this.#forgetLabels();
      this.#centroids.load();
    }
    const { globals, chunks } = this.#plan;
    const { changedRows, closeRows, comparedGroups, clusters, groups } = globals;
    this.#hasOwnDistances = false;
    // This pass cannot be aborted: labels and sums would then belong to two different sets of centroids.
    this.#labeled = 'nothing';
    const { areValid: areBoundsValid, renews: renewsBounds } = this.#bounds;
    writeTuning(this.#memory, globals.tuning, { areBoundsValid, renewsBounds });
    await this.#run('assignChunk', chunks);
    this.#labeled = 'clusters';
    this.#centroids.settle();
    this.#memory.kernels.gatherSums(0, clusters);
    this.#bounds.conclude(sum(this.#memory.words(comparedGroups, chunks)) / (this.rows * groups));
    const changed = sum(this.#memory.words(changedRows, chunks));
    const undecided = sum(this.#memory.words(closeRows, chunks));
    if (this.#centroids.isQuantized && undecided > MOSTLY_UNDECIDED * this.rows) {
      this.#centroids.stopQuantizing();
    }
    return { inertia: await this.#inertia(), changed };
  }

  async readLabels(): Promise<Uint32Array> {
    return this.#labels.slice();
  }

  async readDistances(): Promise<Float32Array> {
    await this.#computeOwnDistances();
    return this.#distances.map((distance) => distance * this.#plan.points.unit ** 2);
  }

  async readSums(): Promise<{ readonly sums: Float64Array; readonly weights: Float64Array }> {
    const { clusters, columns } = this;
    const { shift } = this.#summary;
    const { unit } = this.#plan.points;
    const about = this.#sumsAboutShift;
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

  destroy(): void {
    this.#memory.free();
  }

  get #labels(): Uint32Array {
    return this.#memory.words(this.#plan.globals.labels, this.rows);
  }

  get #distances(): Float32Array {
    return this.#memory.floats(this.#plan.globals.distances, this.rows);
  }

  /** Weighted squared distances of each chunk's points, to their nearest seeds or to their own centroids. */
  get #chunkSums(): Float64Array {
    return this.#memory.doubles(this.#plan.globals.chunkInertia, this.#plan.chunks);
  }

  /** K x (D + 1) in the kernels' units. */
  get #sumsAboutShift(): Float64Array {
    return this.#memory.doubles(this.#plan.globals.sums, this.clusters * (this.columns + 1));
  }

  #run(kernel: KernelName, count: number, ...args: number[]): Promise<void> {
    return this.#memory.run(kernel, count, this.#signal, ...args);
  }

  /** Makes every point unassigned and every cluster empty. */
  #forgetLabels(): void {
    const { allSums, sumBytes } = this.#plan.globals;
    this.#labels.fill(UNASSIGNED);
    this.#memory.bytes(allSums, sumBytes * this.#plan.threads).fill(0);
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

  /** Weighted sum of squared distances: |x|^2 - 2 x.c + |c|^2 summed cluster by cluster, or point by point. */
  async #inertia(): Promise<number> {
    const { clusters, columns } = this;
    const { unit } = this.#plan.points;
    const centers = this.#centroids.assigned;
    const sums = this.#sumsAboutShift;
    let inertia = this.#summary.inertia;
    for (let k = 0; k < clusters; k++) {
      const weight = sums[k * (columns + 1) + columns];
      for (let j = 0; j < columns; j++) {
        const center = centers[k * columns + j];
        inertia += center * (weight * center - 2 * sums[k * (columns + 1) + j]);
      }
    }
    if (inertia < CANCELS * this.#summary.inertia) inertia = await this.#computeOwnDistances();
    return this.#finite(inertia * unit ** 2);
  }

  /** @returns the inertia in the kernels' units */
  async #computeOwnDistances(): Promise<number> {
    this.#memory.assertLive();
    if (!this.#hasOwnDistances) {
      await this.#centroids.withAssigned(() => this.#run('ownDistances', this.#plan.chunks));
    }
    this.#hasOwnDistances = true;
    return sum(this.#chunkSums);
  }

  #finite(distance: number): number {
    if (Number.isFinite(distance)) return distance;
    throw new DataError(
      `A distance, or a sum of squared ones, is ${distance}: the values are too large for float32; scale the columns first.`,
    );
  }
}

function sum(values: Float64Array | Uint32Array): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
