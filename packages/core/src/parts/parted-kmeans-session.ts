import { Destroyable } from '../destroyable.ts';
import { addTotals } from '../engine/arithmetic/add-totals.ts';
import { drawSeedsOneByOne } from '../engine/arithmetic/draw-seeds.ts';
import { lloydSteps } from '../engine/arithmetic/lloyd-steps.ts';
import { narrowLabels } from '../engine/arithmetic/narrow-labels.ts';
import { moveCentroids } from '../engine/arithmetic/move-centroids.ts';
import type { Engine } from '../engine/engine.ts';
import type { KMeansPartSession, PartTotals, WholeAssignment } from '../engine/kmeans/part-session.ts';
import type { KMeansIteration, KMeansSession } from '../engine/kmeans/session.ts';
import type { ColumnMoments } from '../engine/session.ts';
import { assertLength, assertRowIndices } from '../engine/session-input.ts';
import { StateError } from '../errors.ts';
import { kmeansRooms, type KMeansRoom, type KMeansRooms, type RoomOptions } from './kmeans-rooms.ts';
import { gatherPartedRows } from './gather-parted-rows.ts';
import type { PartedPoints } from './parted-points.ts';
import { rangeWithin } from './range-within.ts';
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
  readonly #points: PartedPoints;
  readonly #rooms: KMeansRooms;
  readonly #options: RoomOptions;
  readonly #moments: PartTotals;
  readonly #seeding: PartedSeeding;
  readonly #centroids: Float64Array;
  /** The centroids of the last assignment, and what it came to. */
  readonly #assigned: Float64Array;
  #whole: WholeAssignment;
  /** Totals of the parts that do not stay: later assignments add what they change. */
  #passing: PartTotals | undefined;
  #forgetsLabels = true;
  #isDestroyed = false;

  /**
   * Reads all parts once, and keeps as many on the engine as their budget allows.
   *
   * @throws {UnsupportedError} when the engine has no sessions of parts
   * @throws like `Engine.createKMeans`
   */
  static async open(
    engine: Engine,
    points: PartedPoints,
    options: RoomOptions,
  ): Promise<PartedKMeansSession> {
    const rooms = kmeansRooms(engine, points, options);
    try {
      let moments: PartTotals | undefined;
      await rooms.visit(async (session, room) => {
        if (!room.session) room.measures = session.measures?.();
        moments = plus(moments, session.momentTotals());
      });
      return new PartedKMeansSession(rooms, points, options, moments ?? new BigInt64Array());
    } catch (error) {
      rooms.destroy();
      throw error;
    }
  }

  private constructor(rooms: KMeansRooms, points: PartedPoints, options: RoomOptions, moments: PartTotals) {
    super();
    const { rows, columns } = points;
    const { clusters } = options;
    this.rows = rows;
    this.columns = columns;
    this.clusters = clusters;
    this.#points = points;
    this.#rooms = rooms;
    this.#options = options;
    this.#moments = moments;
    this.#centroids = new Float64Array(clusters * columns);
    this.#assigned = new Float64Array(clusters * columns);
    this.#whole = {
      sums: new Float64Array(clusters * columns),
      weights: new Float64Array(clusters),
      inertia: undefined,
    };
    this.#seeding = new PartedSeeding(rooms, options, (wanted) => this.readRows(wanted));
  }

  get center(): Float64Array | undefined {
    return this.#rooms.last.center;
  }

  async columnMoments(): Promise<ColumnMoments> {
    this.#assertAlive();
    return this.#rooms.last.concludeMoments(this.#moments);
  }

  async readRows(rows: Uint32Array): Promise<Float32Array | Float64Array> {
    this.#assertAlive();
    assertRowIndices(rows, this.rows);
    const { columns } = this;
    const out = new Float32Array(rows.length * columns);
    const missing: number[] = [];
    const inRooms = new Map<KMeansRoom, number[]>();
    rows.forEach((row, at) => {
      const room = this.#rooms.roomOf(row);
      const own = room.session ? inRooms.get(room) : missing;
      if (own) own.push(at);
      else inRooms.set(room, [at]);
    });
    const copy = (places: readonly number[], values: Float32Array | Float64Array) => {
      places.forEach((at, i) => {
        out.set(values.subarray(i * columns, (i + 1) * columns), at * columns);
      });
    };
    for (const [{ session, start }, places] of inRooms) {
      const own = Uint32Array.from(places, (at) => rows[at] - start);
      if (session) copy(places, await session.readRows(own));
    }
    const { signal } = this.#options;
    const others = missing.map((at) => rows[at]);
    copy(missing, await gatherPartedRows(this.#points, others, signal));
    return out;
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
    return this.#seeding.weights();
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
    let totals: PartTotals | undefined;
    let changed = 0;
    if (isFirst) this.#passing = undefined;
    await this.#rooms.visit(async (session, room) => {
      const { assignment } = room;
      if (isFirst || (!room.session && assignment === undefined)) {
        await session.writeCentroids(this.#centroids);
      } else {
        if (!room.session && assignment) session.restoreAssignment?.(assignment, this.#assigned);
        session.moveTo(this.#centroids);
      }
      const found = await session.assignPart();
      const own = session.clusterTotals();
      if (!room.session && session.assignmentState) {
        room.assignment = session.assignmentState(assignment);
        changed += found.changed;
        this.#passing = plus(this.#passing, own);
      } else {
        changed += room.session ? found.changed : await this.#keepLabels(session, room, isFirst);
        totals = plus(totals, own);
      }
    });
    this.#forgetsLabels = false;
    if (this.#passing) totals = plus(totals, this.#passing);
    this.#assigned.set(this.#centroids);
    this.#whole = this.#rooms.last.concludeAssignment(totals ?? new BigInt64Array(), this.#moments);
    return { inertia: this.#whole.inertia ?? (await this.#inertiaFromDistances()), changed };
  }

  async readLabels(): Promise<Uint32Array> {
    this.#assertAlive();
    const labels = new Uint32Array(this.rows).fill(UNASSIGNED);
    if (this.#forgetsLabels) return labels;
    for (const { session, start, labels: kept, assignment } of this.#rooms.rooms) {
      labels.set((await session?.readLabels()) ?? assignment?.labels ?? kept ?? [], start);
    }
    return labels;
  }

  async readDistances(): Promise<Float32Array> {
    const distances = new Float32Array(this.rows);
    await this.#visitAssigned(async (session, { start }) => {
      distances.set(await session.readDistances(), start);
    });
    return distances;
  }

  async readSums(): Promise<Pick<WholeAssignment, 'sums' | 'weights'>> {
    this.#assertAlive();
    const { sums, weights } = this.#whole;
    return { sums: sums.slice(), weights: weights.slice() };
  }

  async distancesToCentroids(start: number, count: number): Promise<Float32Array> {
    this.#assertAlive();
    if (count > 0) assertRowIndices([start, start + count - 1], this.rows);
    const { clusters } = this;
    const distances = new Float32Array(count * clusters);
    const within = (room: KMeansRoom) => rangeWithin(room, start, count);
    await this.#rooms.visit(
      async (session, room) => {
        const { first, end } = within(room);
        session.moveTo(this.#centroids);
        const found = await session.distancesToCentroids(first - room.start, end - first);
        distances.set(found, (first - start) * clusters);
      },
      (room) => within(room).first < within(room).end,
    );
    return distances;
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#rooms.destroy();
  }

  /** Keeps the labels of a part that does not stay, and counts those that changed. */
  async #keepLabels(session: KMeansPartSession, room: KMeansRoom, isFirst: boolean): Promise<number> {
    const labels = narrowLabels(await session.readLabels(), this.clusters);
    const before = isFirst ? undefined : room.labels;
    room.labels = labels;
    if (!before) return room.rows;
    let changed = 0;
    for (let i = 0; i < labels.length; i++) if (labels[i] !== before[i]) changed++;
    return changed;
  }

  /** The sum of distances when the points lie on their centroids, or almost. */
  async #inertiaFromDistances(): Promise<number> {
    let most = 0;
    let rest = 0;
    await this.#visitAssigned(async (session) => {
      const sums = await session.distanceSums(this.#moments);
      most += sums[0];
      rest += sums[1];
    });
    return (most + rest) * this.#rooms.last.seedUnit;
  }

  /** Visits parts that have the labels of the last assignment. */
  async #visitAssigned(use: (session: KMeansPartSession, room: KMeansRoom) => Promise<void>): Promise<void> {
    this.#assertAlive();
    await this.#rooms.visit(async (session, room) => {
      if (!room.session && room.assignment) {
        session.restoreAssignment?.(room.assignment, this.#assigned);
      } else if (!room.session) {
        await session.writeCentroids(this.#assigned);
        await session.assignPart();
      }
      await use(session, room);
    });
  }

  #assertAlive(): void {
    if (this.#isDestroyed) throw new StateError('This k-means session was destroyed; create a new one.');
  }
}

function plus(before: PartTotals | undefined, totals: PartTotals): PartTotals {
  if (before === undefined) return totals.slice();
  addTotals(before, totals);
  return before;
}
