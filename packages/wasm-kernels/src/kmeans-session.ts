import {
  DataError,
  type ColumnMoments,
  type KMeansIteration,
  type KMeansSession,
  type KMeansSessionOptions,
  type Matrix,
} from '@shoal/core';
import { assertLength, assertRowIndices, moveCentroids, sampleRowsByMass } from '@shoal/core/engine-kit';
import { CENTRE_BLOCK, configure, TILE_ROWS, type KernelSettings } from './kernels.ts';
import { Layout, padRows, unpadRows, type Runtime, type SessionMemory } from './memory.ts';
import { planPoints, ResidentPoints } from './resident-points.ts';

/** A label no cluster has: the point was not assigned yet. */
const UNASSIGNED = 0xffffffff;

/** Where the session's own arrays lie; assembly/ describes each. */
type Addresses = Pick<
  KernelSettings,
  | 'centroids'
  | 'labels'
  | 'distances'
  | 'floatSums'
  | 'sums'
  | 'clusterWeights'
  | 'scratch'
  | 'candidates'
  | 'seedDistances'
  | 'potentials'
>;

/**
 * k-means in WebAssembly. The kernels see points and centroids in float32, bytes in units of their matrix's
 * scale; sums cross tiles in float64, and the centroids themselves are kept in float64 on the host.
 */
export class WasmKMeansSession implements KMeansSession {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;

  readonly #memory: SessionMemory;
  readonly #points: ResidentPoints;
  readonly #at: Addresses;
  readonly #stride: number;
  readonly #scale: number;
  readonly #unitCentroids: boolean;
  readonly #centroids: Float64Array;

  /**
   * @throws {UnsupportedError} when the session would need more than 4 GiB
   * @throws {DeviceError} when there is too little memory
   */
  static async create(
    runtime: Runtime,
    source: Matrix,
    options: KMeansSessionOptions,
  ): Promise<WasmKMeansSession> {
    const { rows } = source;
    const { clusters } = options;
    const layout = new Layout();
    const plan = planPoints(source, layout);
    const { stride } = plan;
    const addresses = {
      centroids: layout.reserve(4 * clusters * stride),
      labels: layout.reserve(4 * rows),
      distances: layout.reserve(4 * rows),
      floatSums: layout.reserve(4 * clusters * stride),
      sums: layout.reserve(8 * clusters * stride),
      clusterWeights: layout.reserve(8 * clusters),
      scratch: layout.reserve(4 * TILE_ROWS * (CENTRE_BLOCK + 2)),
      candidates: layout.reserve(4 * CENTRE_BLOCK * stride),
      seedDistances: layout.reserve(4 * rows),
      potentials: layout.reserve(8 * CENTRE_BLOCK),
    };
    const memory = await runtime.allocate(layout);
    const points = new ResidentPoints(plan, memory, source, options.weights, options.signal);
    return new WasmKMeansSession(memory, points, plan, addresses, options);
  }

  private constructor(
    memory: SessionMemory,
    points: ResidentPoints,
    plan: {
      readonly rows: number;
      readonly columns: number;
      readonly stride: number;
      readonly scale: number;
    },
    at: Addresses,
    options: KMeansSessionOptions,
  ) {
    this.rows = plan.rows;
    this.columns = plan.columns;
    this.clusters = options.clusters;
    this.#memory = memory;
    this.#points = points;
    this.#at = at;
    this.#stride = plan.stride;
    this.#scale = plan.scale;
    this.#unitCentroids = options.unitCentroids ?? false;
    this.#centroids = new Float64Array(options.clusters * plan.columns);
    configure(memory.kernels, { clusters: options.clusters, ...at });
    this.#labels.fill(UNASSIGNED);
    this.#seedDistances.fill(Infinity);
  }

  async columnMoments(): Promise<ColumnMoments> {
    return this.#points.columnMoments();
  }

  async readRows(rows: Uint32Array): Promise<Float32Array> {
    return this.#points.readRows(rows);
  }

  async resetSeeds(): Promise<void> {
    this.#seedDistances.fill(Infinity);
  }

  async seedPotentials(candidates: Uint32Array): Promise<Float64Array> {
    assertRowIndices(candidates, this.rows);
    const result = new Float64Array(candidates.length);
    for (let first = 0; first < candidates.length; first += CENTRE_BLOCK) {
      const block = candidates.subarray(first, first + CENTRE_BLOCK);
      this.#points.copyRows(block, this.#at.candidates);
      const potentials = this.#memory.doubles(this.#at.potentials, block.length).fill(0);
      await this.#points.forEachRange(this.columns * block.length, (start, count) => {
        this.#memory.kernels.seedPotentialRows(start, count, block.length);
      });
      result.set(potentials, first);
    }
    return result.map((potential) => this.#finite(potential * this.#scale ** 2));
  }

  async addSeed(row: number): Promise<void> {
    assertRowIndices([row], this.rows);
    this.#points.copyRows(Uint32Array.of(row), this.#at.candidates);
    await this.#points.forEachRange(this.columns, (start, count) => {
      this.#memory.kernels.addSeedRows(start, count);
    });
  }

  async sampleRows(uniforms: Float64Array): Promise<Uint32Array> {
    const distances = this.#seedDistances;
    const { weights } = this.#points;
    return sampleRowsByMass(this.rows, (i) => weights[i] * distances[i], uniforms);
  }

  async writeCentroids(centroids: Float32Array | Float64Array): Promise<void> {
    assertLength('The centroids', centroids, this.#centroids.length);
    this.#labels.fill(UNASSIGNED);
    this.#centroids.set(centroids);
    this.#loadCentroids();
  }

  async readCentroids(): Promise<Float64Array> {
    this.#memory.assertLive();
    return this.#centroids.slice();
  }

  async step(count: number, tolerance: number): Promise<readonly KMeansIteration[]> {
    const iterations: KMeansIteration[] = [];
    for (let done = 0; done < count; done++) {
      const { inertia, changed } = await this.assign();
      const { sums, weights } = await this.readSums();
      const empty = weights.filter((weight) => weight === 0).length;
      let shift = 0;
      if (empty === 0) {
        shift = moveCentroids(this.#centroids, sums, weights, this.#unitCentroids);
        this.#loadCentroids();
      }
      iterations.push({ inertia, changed, shift, empty });
      if (empty > 0 || changed === 0 || shift <= tolerance) break;
    }
    return iterations;
  }

  async assign(): Promise<Pick<KMeansIteration, 'inertia' | 'changed'>> {
    const { kernels } = this.#memory;
    this.#sums.fill(0);
    this.#clusterWeights.fill(0);
    let inertia = 0;
    let changed = 0;
    await this.#points.forEachRange(this.columns * this.clusters, (start, count) => {
      kernels.assignRows(start, count);
      inertia += kernels.inertia.value;
      changed += kernels.changed.value;
    });
    return { inertia: this.#finite(inertia * this.#scale ** 2), changed };
  }

  async readLabels(): Promise<Uint32Array> {
    return this.#labels.slice();
  }

  async readDistances(): Promise<Float32Array> {
    const { distances } = this.#at;
    return this.#memory.floats(distances, this.rows).map((distance) => distance * this.#scale ** 2);
  }

  async readSums(): Promise<{ readonly sums: Float64Array; readonly weights: Float64Array }> {
    return {
      sums: unpadRows(this.#sums, this.#stride, this.columns, this.#scale),
      weights: this.#clusterWeights.slice(),
    };
  }

  async distancesToCentroids(start: number, count: number): Promise<Float32Array> {
    if (count > 0) assertRowIndices([start, start + count - 1], this.rows);
    const { clusters } = this;
    const scale = Math.abs(this.#scale);
    const out = new Float32Array(count * clusters);
    const tabulate = (tile: number, rows: number): void => {
      for (let block = 0; block < clusters; block += CENTRE_BLOCK) {
        const centroids = Math.min(CENTRE_BLOCK, clusters - block);
        this.#memory.kernels.centroidDistanceTile(start + tile, rows, block, centroids);
        const squares = this.#memory.floats(this.#at.scratch, centroids * TILE_ROWS);
        for (let i = 0; i < rows; i++) {
          for (let k = 0; k < centroids; k++) {
            const distance = Math.sqrt(squares[k * TILE_ROWS + i]) * scale;
            out[(tile + i) * clusters + block + k] = this.#finite(distance);
          }
        }
      }
    };
    await this.#points.forEachTile(this.columns * clusters, tabulate, count);
    return out;
  }

  destroy(): void {
    this.#memory.free();
  }

  get #labels(): Uint32Array {
    return this.#memory.words(this.#at.labels, this.rows);
  }

  get #seedDistances(): Float32Array {
    return this.#memory.floats(this.#at.seedDistances, this.rows);
  }

  get #sums(): Float64Array {
    return this.#memory.doubles(this.#at.sums, this.clusters * this.#stride);
  }

  get #clusterWeights(): Float64Array {
    return this.#memory.doubles(this.#at.clusterWeights, this.clusters);
  }

  /** Hands the centroids to the kernels, in the units of the points they hold. */
  #loadCentroids(): void {
    const padded = this.#memory.floats(this.#at.centroids, this.clusters * this.#stride);
    padRows(this.#centroids, this.columns, padded, 1 / this.#scale);
  }

  #finite(distance: number): number {
    if (Number.isFinite(distance)) return distance;
    throw new DataError(
      `A distance, or a sum of squared ones, is ${distance}: the values are too large for float32; scale the columns first.`,
    );
  }
}
