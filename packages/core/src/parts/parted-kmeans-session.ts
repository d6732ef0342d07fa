import { Destroyable } from '../destroyable.ts';
import { drawSeedsOneByOne } from '../engine/arithmetic/draw-seeds.ts';
import { lloydSteps } from '../engine/arithmetic/lloyd-steps.ts';
import { moveCentroids } from '../engine/arithmetic/move-centroids.ts';
import type { WholeAssignment } from '../engine/kmeans/part-session.ts';
import type { KMeansIteration, KMeansSession } from '../engine/kmeans/session.ts';
import type { ColumnMoments } from '../engine/session.ts';
import { assertLength, assertRowIndices } from '../engine/session-input.ts';
import { StateError } from '../errors.ts';
import type { KMeansParts } from './kmeans-parts.ts';
import type { RoomOptions } from './kmeans-rooms.ts';
import type { PartedPoints } from './parted-points.ts';
import { PartedSeeding } from './parted-seeding.ts';

/** A label that no cluster has: the point is not assigned yet. */
const UNASSIGNED = 0xffffffff;

/**
 * A k-means session over points in parts. It merges the sums of sessions that each hold a part, to the same bits that one
 * session with all points has.
 */
export class PartedKMeansSession extends Destroyable implements KMeansSession {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
  readonly #parts: KMeansParts;
  readonly #options: RoomOptions;
  readonly #seeding: PartedSeeding;
  readonly #centroids: Float64Array;
  /** What the last assignment came to. */
  #whole: WholeAssignment;
  #forgetsLabels = true;
  #isDestroyed = false;

  /** @param parts of the points, which the session destroys with itself */
  constructor(parts: KMeansParts, points: PartedPoints, options: RoomOptions) {
    super();
    const { rows, columns } = points;
    const { clusters } = options;
    this.rows = rows;
    this.columns = columns;
    this.clusters = clusters;
    this.#parts = parts;
    this.#options = options;
    this.#centroids = new Float64Array(clusters * columns);
    this.#whole = {
      sums: new Float64Array(clusters * columns),
      weights: new Float64Array(clusters),
      inertia: undefined,
    };
    this.#seeding = new PartedSeeding(parts, points);
  }

  get center(): Float64Array | undefined {
    return this.#parts.arithmetic.center;
  }

  async columnMoments(): Promise<ColumnMoments> {
    this.#assertAlive();
    return this.#parts.arithmetic.concludeMoments(this.#parts.moments);
  }

  async readRows(rows: Uint32Array): Promise<Float32Array | Float64Array> {
    this.#assertAlive();
    assertRowIndices(rows, this.rows);
    return this.#parts.readRows(rows);
  }

  async resetSeeds(): Promise<void> {
    this.#assertAlive();
    this.#seeding.reset();
  }

  async seedPotentials(candidates: Uint32Array): Promise<Float64Array> {
    this.#assertAlive();
    assertRowIndices(candidates, this.rows);
    return this.#seeding.potentials(candidates);
  }

  async addSeeds(rows: Uint32Array): Promise<void> {
    this.#assertAlive();
    assertRowIndices(rows, this.rows);
    await this.#seeding.add(rows);
  }

  async seedWeights(): Promise<Float64Array> {
    this.#assertAlive();
    return this.#seeding.totalWeights();
  }

  async sampleRows(uniforms: Float64Array): Promise<Uint32Array> {
    this.#assertAlive();
    return this.#seeding.sample(uniforms);
  }

  drawSeeds(uniforms: Float64Array, trials: number): Promise<Uint32Array> {
    return drawSeedsOneByOne(this, uniforms, trials, this.#options.signal);
  }

  async writeCentroids(centroids: Float32Array | Float64Array): Promise<void> {
    this.#assertAlive();
    assertLength('The centroids', centroids, this.#centroids.length);
    this.#centroids.set(centroids);
    this.#forgetsLabels = true;
  }

  async readCentroids(): Promise<Float64Array> {
    this.#assertAlive();
    return this.#centroids.slice();
  }

  step(count: number, tolerance: number): Promise<readonly KMeansIteration[]> {
    return lloydSteps(count, tolerance, async () => {
      const assignment = await this.assign();
      const { sums, weights } = this.#whole;
      const empty = weights.filter((weight) => weight === 0).length;
      const isUnit = this.#options.unitCentroids ?? false;
      const shift = empty === 0 ? moveCentroids(this.#centroids, sums, weights, isUnit) : 0;
      return { ...assignment, shift, empty };
    });
  }

  async assign(): Promise<Pick<KMeansIteration, 'inertia' | 'changed'>> {
    this.#assertAlive();
    this.#seeding.end();
    const isFirst = this.#forgetsLabels;
    // Parts that an error leaves out would have labels of other centroids.
    this.#forgetsLabels = true;
    const { totals, changed } = await this.#parts.assign(this.#centroids.slice(), isFirst);
    this.#forgetsLabels = false;
    this.#whole = this.#parts.arithmetic.concludeAssignment(totals, this.#parts.moments);
    return { inertia: this.#whole.inertia ?? (await this.#inertiaFromDistances()), changed };
  }

  async readLabels(): Promise<Uint32Array> {
    this.#assertAlive();
    if (this.#forgetsLabels) return new Uint32Array(this.rows).fill(UNASSIGNED);
    return this.#parts.readLabels();
  }

  async readDistances(): Promise<Float32Array> {
    this.#assertAlive();
    return this.#parts.readDistances();
  }

  async readSums(): Promise<Pick<WholeAssignment, 'sums' | 'weights'>> {
    this.#assertAlive();
    const { sums, weights } = this.#whole;
    return { sums: sums.slice(), weights: weights.slice() };
  }

  async distancesToCentroids(start: number, count: number): Promise<Float32Array> {
    this.#assertAlive();
    if (count > 0) assertRowIndices([start, start + count - 1], this.rows);
    return this.#parts.distancesToCentroids(this.#centroids, start, count);
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#parts.destroy();
  }

  /** The sum of distances when the points lie on their centroids, or almost. */
  async #inertiaFromDistances(): Promise<number> {
    const [most, rest] = await this.#parts.distanceSums();
    return (most + rest) * this.#parts.arithmetic.seedUnit;
  }

  #assertAlive(): void {
    if (this.#isDestroyed) throw new StateError('This k-means session was destroyed; create a new one.');
  }
}
