import { Destroyable } from '../destroyable.ts';
import { addTotals } from '../engine/arithmetic/add-totals.ts';
import { narrowLabels } from '../engine/arithmetic/narrow-labels.ts';
import { addSeedTotals } from '../engine/arithmetic/seed-totals.ts';
import type { SeedPass } from '../engine/arithmetic/seeding.ts';
import type { Engine } from '../engine/engine.ts';
import type { KMeansPartSession, PartTotals } from '../engine/kmeans/part-session.ts';
import { gatherPartedRows } from './gather-parted-rows.ts';
import type {
  DrawnRows,
  KMeansParts,
  PartDraw,
  PartsArithmetic,
  PartsAssignment,
  SeedRows,
} from './kmeans-parts.ts';
import { kmeansRooms, type KMeansRoom, type KMeansRooms, type RoomOptions } from './kmeans-rooms.ts';
import type { PartedPoints } from './parted-points.ts';
import { rangeWithin } from './range-within.ts';

/**
 * Parts in sessions of this process, as many as their budget allows; the others are loaded for each visit. What they need
 * between visits, such as distances to seeds, is kept here.
 */
export class LocalKMeansParts extends Destroyable implements KMeansParts {
  readonly moments: PartTotals;
  readonly #points: PartedPoints;
  readonly #rooms: KMeansRooms;
  readonly #options: RoomOptions;
  /** The centroids of the last assignment. */
  #assigned: Float64Array = new Float64Array();
  /** Totals of the parts that do not stay: later assignments add what they change. */
  #passing: PartTotals | undefined;

  /**
   * Reads all parts once, and keeps as many on the engine as their budget allows.
   *
   * @throws {UnsupportedError} when the engine has no sessions of parts
   * @throws like `Engine.createKMeans`
   */
  static async open(engine: Engine, points: PartedPoints, options: RoomOptions): Promise<LocalKMeansParts> {
    const rooms = kmeansRooms(engine, points, options);
    try {
      let moments: PartTotals | undefined;
      await rooms.visit(async (session, room) => {
        if (!room.session) room.measures = session.measures?.();
        moments = plus(moments, session.momentTotals());
      });
      return new LocalKMeansParts(rooms, points, options, moments ?? new BigInt64Array());
    } catch (error) {
      rooms.destroy();
      throw error;
    }
  }

  private constructor(rooms: KMeansRooms, points: PartedPoints, options: RoomOptions, moments: PartTotals) {
    super();
    this.moments = moments;
    this.#points = points;
    this.#rooms = rooms;
    this.#options = options;
  }

  get arithmetic(): PartsArithmetic {
    return this.#rooms.last;
  }

  async readRows(rows: Uint32Array): Promise<Float32Array> {
    const { columns } = this.#points;
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

  forgetSeeds(): void {
    for (const room of this.#rooms.rooms) {
      room.seeds = undefined;
      room.forgetsSeeds = true;
    }
  }

  async passSeeds(
    { values, first }: SeedRows,
    candidates: Float64Array,
    step: number,
  ): Promise<readonly SeedPass[]> {
    const passes: SeedPass[] = [];
    await this.#rooms.visit(async (session, room) => {
      const pass = () => session.passSeeds(values, first, candidates, step);
      passes.push(await this.#passRoom(session, room, pass));
    });
    return passes;
  }

  async drawSeedRows(
    draws: readonly PartDraw[],
    { values, first }: SeedRows,
    step: number,
  ): Promise<readonly DrawnRows[]> {
    const ofPart = new Map(draws.map((draw) => [draw.index, draw]));
    const found = new Map<number, DrawnRows>();
    await this.#rooms.visit(
      async (session, room) => {
        const { targets, before } = ofPart.get(room.index) ?? { targets: new Float64Array(), before: 0 };
        await this.#passRoom(session, room, () => session.passSeeds(values, first, [], step));
        const rows = session.drawSeedRows(targets, before, step);
        found.set(room.index, { rows, values: await session.readRows(rows) });
      },
      ({ index }) => ofPart.has(index),
    );
    return draws.map(
      ({ index }) => found.get(index) ?? { rows: new Uint32Array(), values: new Float32Array() },
    );
  }

  async seedWeights(count: number): Promise<Float64Array> {
    const { whole, weights } = this.#options;
    const totals = new Float64Array(count);
    for (const { session, seeds, start, rows } of this.#rooms.rooms) {
      const nearest = session?.seedState().nearest ?? seeds?.nearest;
      const own = weights?.subarray(start, start + rows);
      if (nearest) addSeedTotals(totals, nearest, own, whole.rows * whole.greatestWeight);
    }
    return totals;
  }

  async assign(centroids: Float64Array, isFirst: boolean): Promise<PartsAssignment> {
    let totals: PartTotals | undefined;
    let changed = 0;
    if (isFirst) this.#passing = undefined;
    await this.#rooms.visit(async (session, room) => {
      const { assignment } = room;
      if (isFirst || (!room.session && assignment === undefined)) {
        await session.writeCentroids(centroids);
      } else {
        if (!room.session && assignment) session.restoreAssignment?.(assignment, this.#assigned);
        session.moveTo(centroids);
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
    if (this.#passing) totals = plus(totals, this.#passing);
    this.#assigned = centroids;
    return { totals: totals ?? new BigInt64Array(), changed };
  }

  async readLabels(): Promise<Uint32Array> {
    const labels = new Uint32Array(this.#points.rows);
    for (const { session, start, labels: kept, assignment } of this.#rooms.rooms) {
      labels.set((await session?.readLabels()) ?? assignment?.labels ?? kept ?? [], start);
    }
    return labels;
  }

  async readDistances(): Promise<Float32Array> {
    const distances = new Float32Array(this.#points.rows);
    await this.#visitAssigned(async (session, { start }) => {
      distances.set(await session.readDistances(), start);
    });
    return distances;
  }

  async distanceSums(): Promise<Float64Array> {
    const all = new Float64Array(2);
    await this.#visitAssigned(async (session) => {
      (await session.distanceSums(this.moments)).forEach((sum, i) => (all[i] += sum));
    });
    return all;
  }

  async distancesToCentroids(centroids: Float64Array, start: number, count: number): Promise<Float32Array> {
    const { clusters } = this.#options;
    const distances = new Float32Array(count * clusters);
    const within = (room: KMeansRoom) => rangeWithin(room, start, count);
    await this.#rooms.visit(
      async (session, room) => {
        const { first, end } = within(room);
        session.moveTo(centroids);
        const found = await session.distancesToCentroids(first - room.start, end - first);
        distances.set(found, (first - start) * clusters);
      },
      (room) => within(room).first < within(room).end,
    );
    return distances;
  }

  destroy(): void {
    this.#rooms.destroy();
  }

  /** A pass over one part with the seeds that it had. */
  async #passRoom(
    session: KMeansPartSession,
    room: KMeansRoom,
    pass: () => Promise<SeedPass>,
  ): Promise<SeedPass> {
    if (room.seeds) session.restoreSeeds(room.seeds);
    else if (!room.session || room.forgetsSeeds) await session.resetSeeds();
    room.forgetsSeeds = false;
    const found = await pass();
    if (!room.session) room.seeds = session.seedState();
    return found;
  }

  /** Keeps the labels of a part that does not stay, and counts those that changed. */
  async #keepLabels(session: KMeansPartSession, room: KMeansRoom, isFirst: boolean): Promise<number> {
    const labels = narrowLabels(await session.readLabels(), this.#options.clusters);
    const before = isFirst ? undefined : room.labels;
    room.labels = labels;
    if (!before) return room.rows;
    let changed = 0;
    for (let i = 0; i < labels.length; i++) if (labels[i] !== before[i]) changed++;
    return changed;
  }

  /** Visits parts that have the labels of the last assignment. */
  async #visitAssigned(use: (session: KMeansPartSession, room: KMeansRoom) => Promise<void>): Promise<void> {
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
}

function plus(before: PartTotals | undefined, totals: PartTotals): PartTotals {
  if (before === undefined) return totals.slice();
  addTotals(before, totals);
  return before;
}
