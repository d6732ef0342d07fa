import { StateError, type DeviceLabels, type Points } from '@shoal/core';
import {
  assertCount,
  assertLength,
  assertRowIndices,
  type ColumnMoments,
  Destroyable,
  type KMeansIteration,
  type KMeansSession,
  type KMeansSessionOptions,
} from '@shoal/core/engine-kit';
import type { DeviceContext } from '../../runtime/device.ts';
import { Commands } from '../../runtime/dispatch.ts';
import { labelsIn } from '../device-labels.ts';
import { distancesToCentroids } from './centroid-distances.ts';
import { columnMoments } from '../../points/column-moments.ts';
import { Lloyd } from './lloyd.ts';
import {
  createResources,
  type KMeansResources,
  type KMeansVariant,
  type VariantChoice,
} from './resources.ts';
import { readRows } from '../../points/row-reader.ts';
import { Seeding } from './seeding.ts';

/** The labels before any assignment: no cluster has this label. */
const UNASSIGNED = 0xffffffff;

/** k-means on a WebGPU device. Everything stays on the device; only requested results are read back. */
export class WebGpuKMeansSession extends Destroyable implements KMeansSession {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
  readonly #resources: KMeansResources;
  readonly #lloyd: Lloyd;
  readonly #seeding: Seeding;

  private constructor(resources: KMeansResources, lloyd: Lloyd, seeding: Seeding) {
    super();
    this.rows = resources.points.rows;
    this.columns = resources.points.columns;
    this.clusters = resources.clusters;
    this.#resources = resources;
    this.#lloyd = lloyd;
    this.#seeding = seeding;
  }

  /**
   * Uploads the points and prepares the kernels.
   *
   * @throws {InvalidArgumentError} for an invalid number of clusters
   * @throws {UnsupportedError} when the requested variant does not work with the points or the device
   * @throws also like `createPointResources`
   */
  static async create(
    context: DeviceContext,
    points: Points,
    options: KMeansSessionOptions,
    choice: VariantChoice = {},
  ): Promise<WebGpuKMeansSession> {
    assertCount('The number of clusters', options.clusters);
    const resources = await createResources(context, points, options, choice);
    try {
      const lloyd = await Lloyd.create(resources);
      return new WebGpuKMeansSession(resources, lloyd, await Seeding.create(resources));
    } catch (error) {
      resources.scope.destroy();
      throw error;
    }
  }

  /** How iterations are computed. */
  get variant(): KMeansVariant {
    return this.#lloyd.variant;
  }

  async columnMoments(): Promise<ColumnMoments> {
    return columnMoments(this.#resources);
  }

  async readRows(rows: Uint32Array): Promise<Float32Array> {
    assertRowIndices(rows, this.rows);
    return readRows(this.#resources, rows);
  }

  async resetSeeds(): Promise<void> {
    this.#seeding.reset();
  }

  async seedPotentials(candidates: Uint32Array): Promise<Float64Array> {
    assertRowIndices(candidates, this.rows);
    return this.#seeding.potentials(candidates);
  }

  async addSeeds(rows: Uint32Array): Promise<void> {
    assertRowIndices(rows, this.rows);
    return this.#seeding.add(rows);
  }

  async seedWeights(): Promise<Float64Array> {
    return this.#seeding.weights();
  }

  async sampleRows(uniforms: Float64Array): Promise<Uint32Array> {
    return this.#seeding.sample(uniforms);
  }

  async drawSeeds(uniforms: Float64Array, trials: number): Promise<Uint32Array> {
    return this.#seeding.draw(uniforms, trials);
  }

  async writeCentroids(centroids: Float32Array | Float64Array): Promise<void> {
    assertLength('The centroids', centroids, this.clusters * this.columns);
    return this.#lloyd.writeCentroids(Float32Array.from(centroids));
  }

  async readCentroids(): Promise<Float32Array> {
    return this.#lloyd.readCentroids();
  }

  async step(count: number, tolerance: number): Promise<readonly KMeansIteration[]> {
    return this.#lloyd.step(count, tolerance);
  }

  async assign(): Promise<Pick<KMeansIteration, 'inertia' | 'changed'>> {
    return this.#lloyd.assign();
  }

  async readLabels(): Promise<Uint32Array> {
    if (this.#lloyd.unassigned) return new Uint32Array(this.rows).fill(UNASSIGNED);
    return new Uint32Array(await this.#read(this.#lloyd.labels, 4 * this.rows));
  }

  async labelsOnDevice(): Promise<DeviceLabels> {
    if (this.#lloyd.unassigned) throw new StateError('There are no labels before the first iteration.');
    return labelsIn(this.#lloyd.labels, this.rows);
  }

  async readDistances(): Promise<Float32Array> {
    return new Float32Array(await this.#read(this.#lloyd.distances, 4 * this.rows));
  }

  async readSums(): Promise<{ readonly sums: Float64Array; readonly weights: Float64Array }> {
    const { columns, clusters } = this;
    const packed = await this.#lloyd.readSums();
    const sums = new Float64Array(clusters * columns);
    const weights = new Float64Array(clusters);
    for (let k = 0; k < clusters; k++) {
      const from = k * (columns + 1);
      sums.set(packed.subarray(from, from + columns), k * columns);
      weights[k] = packed[from + columns]!;
    }
    return { sums, weights };
  }

  async distancesToCentroids(start: number, count: number): Promise<Float32Array> {
    assertRowIndices(count > 0 ? [start, start + count - 1] : [], this.rows);
    return distancesToCentroids(this.#resources, this.#lloyd.centroids, start, count);
  }

  destroy(): void {
    this.#resources.scope.destroy();
  }

  #read(buffer: GPUBuffer, size: number): Promise<ArrayBuffer> {
    const { context, scope, signal } = this.#resources;
    return new Commands(context, 'reading results', signal).read(scope, { buffer, offset: 0, size });
  }
}
