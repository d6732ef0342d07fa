import { Destroyable } from '../../../destroyable.ts';
import { drawSeedsOneByOne } from '../../arithmetic/draw-seeds.ts';
import { lloydSteps } from '../../arithmetic/lloyd-steps.ts';
import { moveCentroids } from '../../arithmetic/move-centroids.ts';
import { sampleRowsByMass } from '../../arithmetic/sample-rows.ts';
import type { Matrix } from '../../../matrix.ts';
import type { PartedPoints } from '../../../parts/parted-points.ts';
import type { ColumnMoments } from '../../session.ts';
import type { KMeansIteration, KMeansSession, KMeansSessionOptions } from '../../kmeans/session.ts';
import { assertLength, assertRowIndices } from '../../session-input.ts';
import { columnMoments } from '../column-moments.ts';
import { forEachPoint, rowsOf } from '../for-each-point.ts';
import { SessionLife, type EngineLife } from '../life.ts';

/** A label that no cluster has: the point is not assigned yet. */
const UNASSIGNED = 0xffffffff;

/** k-means in plain loops and float64: slow and simple. Every other engine is compared with it. */
export class ReferenceKMeansSession extends Destroyable implements KMeansSession {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;

  readonly #life: SessionLife;
  readonly #points: Matrix | PartedPoints;
  readonly #weights: Float32Array | undefined;
  readonly #unitCentroids: boolean;
  readonly #signal: AbortSignal | undefined;
  readonly #seedDistances: Float64Array;
  /** The nearest seed of each point, by the order in which seeds were added. */
  readonly #nearestSeeds: Uint32Array;
  readonly #centroids: Float64Array;
  readonly #labels: Uint32Array;
  readonly #distances: Float64Array;
  readonly #sums: Float64Array;
  readonly #clusterWeights: Float64Array;
  #seeds = 0;

  constructor(points: Matrix | PartedPoints, options: KMeansSessionOptions, life: EngineLife) {
    super();
    this.#life = new SessionLife('k-means session', life);
    this.rows = points.rows;
    this.columns = points.columns;
    this.clusters = options.clusters;
    this.#points = points;
    this.#weights = options.weights;
    this.#unitCentroids = options.unitCentroids ?? false;
    this.#signal = options.signal;
    this.#seedDistances = new Float64Array(points.rows).fill(Infinity);
    this.#nearestSeeds = new Uint32Array(points.rows);
    this.#centroids = new Float64Array(options.clusters * points.columns);
    this.#labels = new Uint32Array(points.rows).fill(UNASSIGNED);
    this.#distances = new Float64Array(points.rows);
    this.#sums = new Float64Array(options.clusters * points.columns);
    this.#clusterWeights = new Float64Array(options.clusters);
  }

  async columnMoments(): Promise<ColumnMoments> {
    this.#life.assertAlive();
    return columnMoments(this.#points, this.#weights, this.#signal);
  }

  async readRows(rows: Uint32Array): Promise<Float64Array> {
    this.#life.assertAlive();
    assertRowIndices(rows, this.rows);
    return rowsOf(this.#points, rows, this.#signal);
  }

  async resetSeeds(): Promise<void> {
    this.#life.assertAlive();
    this.#seedDistances.fill(Infinity);
    this.#nearestSeeds.fill(0);
    this.#seeds = 0;
  }

  async seedPotentials(candidates: Uint32Array): Promise<Float64Array> {
    this.#life.assertAlive();
    assertRowIndices(candidates, this.rows);
    const { columns } = this;
    const seeds = await rowsOf(this.#points, candidates, this.#signal);
    const potentials = new Float64Array(candidates.length);
    await this.#forEachPoint(columns * candidates.length, (row, i) => {
      const nearest = this.#seedDistances[i];
      const weight = this.#weight(i);
      for (let c = 0; c < candidates.length; c++) {
        potentials[c] += weight * Math.min(nearest, squaredDistance(row, seeds, c * columns));
      }
    });
    return potentials;
  }

  async addSeeds(rows: Uint32Array): Promise<void> {
    this.#life.assertAlive();
    assertRowIndices(rows, this.rows);
    const { columns } = this;
    const seeds = await rowsOf(this.#points, rows, this.#signal);
    const first = this.#seeds;
    await this.#forEachPoint(columns * rows.length, (point, i) => {
      for (let s = 0; s < rows.length; s++) {
        const distance = squaredDistance(point, seeds, s * columns);
        if (distance < this.#seedDistances[i]) {
          this.#seedDistances[i] = distance;
          this.#nearestSeeds[i] = first + s;
        }
      }
    });
    this.#seeds += rows.length;
  }

  async seedWeights(): Promise<Float64Array> {
    this.#life.assertAlive();
    const totals = new Float64Array(this.#seeds);
    if (this.#seeds > 0) this.#nearestSeeds.forEach((seed, i) => (totals[seed] += this.#weight(i)));
    return totals;
  }

  async sampleRows(uniforms: Float64Array): Promise<Uint32Array> {
    this.#life.assertAlive();
    return sampleRowsByMass(this.rows, (i) => this.#weight(i) * this.#seedDistances[i], uniforms);
  }

  drawSeeds(uniforms: Float64Array, trials: number): Promise<Uint32Array> {
    return drawSeedsOneByOne(this, uniforms, trials, this.#signal);
  }

  async writeCentroids(centroids: Float32Array | Float64Array): Promise<void> {
    this.#life.assertAlive();
    assertLength('The centroids', centroids, this.#centroids.length);
    this.#centroids.set(centroids);
    this.#labels.fill(UNASSIGNED);
  }

  async readCentroids(): Promise<Float64Array> {
    this.#life.assertAlive();
    return this.#centroids.slice();
  }

  step(count: number, tolerance: number): Promise<readonly KMeansIteration[]> {
    return lloydSteps(count, tolerance, async () => {
      const assignment = await this.assign();
      const empty = this.#clusterWeights.filter((weight) => weight === 0).length;
      const shift =
        empty === 0
          ? moveCentroids(this.#centroids, this.#sums, this.#clusterWeights, this.#unitCentroids)
          : 0;
      return { ...assignment, shift, empty };
    });
  }

  async assign(): Promise<{ readonly inertia: number; readonly changed: number }> {
    const { columns, clusters } = this;
    const centroids = this.#centroids;
    this.#sums.fill(0);
    this.#clusterWeights.fill(0);
    let inertia = 0;
    let changed = 0;
    await this.#forEachPoint(columns * clusters, (row, i) => {
      let label = 0;
      let nearest = Infinity;
      for (let k = 0; k < clusters; k++) {
        const distance = squaredDistance(row, centroids, k * columns);
        if (distance < nearest) {
          nearest = distance;
          label = k;
        }
      }
      if (this.#labels[i] !== label) changed++;
      this.#labels[i] = label;
      this.#distances[i] = nearest;
      const weight = this.#weight(i);
      inertia += weight * nearest;
      this.#clusterWeights[label] += weight;
      for (let j = 0; j < columns; j++) this.#sums[label * columns + j] += weight * row[j];
    });
    return { inertia, changed };
  }

  async readLabels(): Promise<Uint32Array> {
    this.#life.assertAlive();
    return this.#labels.slice();
  }

  async readDistances(): Promise<Float32Array> {
    this.#life.assertAlive();
    return Float32Array.from(this.#distances);
  }

  async readSums(): Promise<{ readonly sums: Float64Array; readonly weights: Float64Array }> {
    this.#life.assertAlive();
    return { sums: this.#sums.slice(), weights: this.#clusterWeights.slice() };
  }

  async distancesToCentroids(start: number, count: number): Promise<Float32Array> {
    this.#life.assertAlive();
    const { columns, clusters } = this;
    const rows = Uint32Array.from({ length: count }, (_, i) => start + i);
    assertRowIndices(rows, this.rows);
    const points = await rowsOf(this.#points, rows, this.#signal);
    const distances = new Float32Array(count * clusters);
    for (let i = 0; i < count; i++) {
      const row = points.subarray(i * columns, (i + 1) * columns);
      for (let k = 0; k < clusters; k++) {
        distances[i * clusters + k] = Math.sqrt(squaredDistance(row, this.#centroids, k * columns));
      }
    }
    return distances;
  }

  destroy(): void {
    this.#life.end();
  }

  #weight(i: number): number {
    return this.#weights === undefined ? 1 : this.#weights[i];
  }

  #forEachPoint(operations: number, visit: (row: Float64Array, i: number) => void): Promise<void> {
    this.#life.assertAlive();
    return forEachPoint(this.#points, operations, this.#signal, visit);
  }
}

function squaredDistance(row: Float64Array, others: Float64Array, offset: number): number {
  let sum = 0;
  for (let j = 0; j < row.length; j++) {
    const difference = row[j] - others[offset + j];
    sum += difference * difference;
  }
  return sum;
}
