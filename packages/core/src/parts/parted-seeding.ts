import { Seeding, type SeedPass, type SeedPasses, type WaitingSeed } from '../engine/arithmetic/seeding.ts';
import { addSeedTotals } from '../engine/arithmetic/seed-totals.ts';
import type { KMeansPartSession } from '../engine/kmeans/part-session.ts';
import type { KMeansRoom, KMeansRooms, RoomOptions } from './kmeans-rooms.ts';

type Values = Float32Array | Float64Array;

/** Seeding over points in parts; see `Seeding`. Distances to seeds are kept for the parts that do not stay on the engine. */
export class PartedSeeding implements SeedPasses {
  readonly rows: number;
  readonly most: number;
  readonly #rooms: KMeansRooms;
  readonly #options: RoomOptions;
  readonly #readRows: (rows: Uint32Array) => Promise<Values>;
  readonly #seeding: Seeding;
  /** Values of rows that were drawn. */
  readonly #values = new Map<number, Values>();
  #isActive = false;

  /** @param readRows of any part, row-major */
  constructor(rooms: KMeansRooms, options: RoomOptions, readRows: (rows: Uint32Array) => Promise<Values>) {
    this.rows = options.whole.rows;
    this.most = rooms.last.mostSeeds;
    this.#rooms = rooms;
    this.#options = options;
    this.#readRows = readRows;
    this.#seeding = new Seeding(this, rooms.last.seedBound);
  }

  reset(): void {
    this.#isActive = true;
    this.#values.clear();
    this.#seeding.reset();
  }

  /** An assignment discards the seeds, as in other sessions. */
  end(): void {
    if (!this.#isActive) return;
    this.#isActive = false;
    this.forget();
  }

  async potentials(candidates: Uint32Array): Promise<Float64Array> {
    this.#begin();
    const potentials = await this.#seeding.judge(candidates);
    return potentials.map((potential) => potential * this.#rooms.last.seedUnit);
  }

  async add(rows: Uint32Array): Promise<void> {
    this.#begin();
    await this.#seeding.add(rows);
  }

  async sample(uniforms: Float64Array): Promise<Uint32Array> {
    this.#begin();
    return this.#seeding.sample(uniforms);
  }

  /** Of the points nearest to each seed, or, with a count, to each of as many seeds. */
  async weights(count?: number): Promise<Float64Array> {
    if (count === undefined) {
      this.#begin();
      return this.#seeding.totalWeights();
    }
    const { whole, weights } = this.#options;
    const totals = new Float64Array(count);
    if (count === 0) return totals;
    for (const { session, seeds, start, rows } of this.#rooms.rooms) {
      const nearest = session?.seedState().nearest ?? seeds?.nearest;
      const own = weights?.subarray(start, start + rows);
      if (nearest) addSeedTotals(totals, nearest, own, whole.rows * whole.greatestWeight);
    }
    return totals;
  }

  forget(): void {
    for (const room of this.#rooms.rooms) {
      room.seeds = undefined;
      room.forgetsSeeds = true;
      room.mass = Infinity;
    }
  }

  async run(added: Uint32Array, first: number, candidates: Uint32Array, step: number): Promise<SeedPass> {
    const seeds = await this.#valuesOf(added);
    const others = await this.#valuesOf(candidates);
    let mass = 0;
    let greatest = 0;
    const potentials = new Float64Array(candidates.length);
    await this.#rooms.visit(async (session, room) => {
      const pass = await this.#passRoom(session, room, () => session.passSeeds(seeds, first, others, step));
      mass += pass.mass;
      greatest = Math.max(greatest, pass.greatest);
      pass.potentials.forEach((potential, c) => (potentials[c] += potential));
      room.potentials = pass.potentials;
    });
    return { mass, greatest, potentials };
  }

  adopt(candidate: number): void {
    for (const room of this.#rooms.rooms) room.mass = room.potentials[candidate];
  }

  async draw(targets: Float64Array, step: number, waiting: WaitingSeed | undefined): Promise<Uint32Array> {
    const { rooms } = this.#rooms;
    let total = 0;
    const running = rooms.map(({ mass }) => (total += mass));
    const lastWithMass = rooms.findLastIndex(({ mass }) => mass > 0);
    const roomOf = Array.from(targets, (target) => {
      const found = running.findIndex((sum) => sum > target);
      return found < 0 ? lastWithMass : found;
    });
    const seed = waiting ? await this.#valuesOf(Uint32Array.of(waiting.row)) : [];
    const drawn = new Uint32Array(targets.length);
    await this.#rooms.visit(
      async (session, room) => {
        await this.#passRoom(session, room, () => session.passSeeds(seed, waiting?.number ?? 0, [], step));
        const places = Array.from(targets.keys()).filter((at) => roomOf[at] === room.index);
        const before = room.index === 0 ? 0 : running[room.index - 1];
        const own = Float64Array.from(places, (at) => targets[at]);
        const rows = session.drawSeedRows(own, before, step);
        const values = await session.readRows(rows);
        const { columns } = session;
        places.forEach((at, i) => {
          drawn[at] = room.start + rows[i];
          this.#values.set(drawn[at], values.slice(i * columns, (i + 1) * columns));
        });
      },
      ({ index }) => roomOf.includes(index),
    );
    return drawn;
  }

  #begin(): void {
    if (!this.#isActive) this.reset();
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
    room.mass = found.mass;
    if (!room.session) room.seeds = session.seedState();
    return found;
  }

  /** Rows in one array, row-major. */
  async #valuesOf(rows: Uint32Array): Promise<Float64Array> {
    const missing = rows.filter((row) => !this.#values.has(row));
    if (missing.length > 0) {
      const found = await this.#readRows(missing);
      const columns = found.length / missing.length;
      missing.forEach((row, i) => {
        this.#values.set(row, found.slice(i * columns, (i + 1) * columns));
      });
    }
    const each = Array.from(rows, (row) => this.#values.get(row) ?? []);
    const columns = each[0]?.length ?? 0;
    const values = new Float64Array(rows.length * columns);
    each.forEach((row, i) => {
      values.set(row, i * columns);
    });
    return values;
  }
}
