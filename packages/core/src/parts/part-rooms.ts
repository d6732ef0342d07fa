import { StateError } from '../errors.ts';
import type { Matrix } from '../matrix.ts';
import type { PartedPoints } from './parted-points.ts';
import { PartReader } from './part-reader.ts';

/** A part between visits. */
export interface Room<Session> {
  readonly index: number;
  /** The first of its rows among all rows. */
  readonly start: number;
  readonly rows: number;
  wasOpened?: boolean;
  /** The session of a part that stays on the engine. */
  session?: Session;
}

/** A part whose points weigh something, or nothing. */
export interface WeighedRoom<Session> extends Room<Session> {
  /** The weights of its points, and their sum. Engines take no weights that are all 0: such a part adds nothing to sums. */
  readonly weights: Float32Array | undefined;
  readonly mass: number;
}

/** @param weights of all points */
export function weighRoom<Session>(
  room: Room<Session>,
  weights: Float32Array | undefined,
): WeighedRoom<Session> {
  const own = weights?.subarray(room.start, room.start + room.rows);
  const mass = own?.reduce((sum, weight) => sum + weight, 0) ?? room.rows;
  return { ...room, weights: mass > 0 ? own : undefined, mass };
}

/** How the sessions of parts are opened. */
export interface RoomSettings<Session, Own extends Room<Session>> {
  /** Adds what a kind of session keeps of a part between visits. */
  readonly furnish: (room: Room<Session>) => Own;
  /** Bytes that the session of a part takes. */
  readonly costOf: (part: Matrix) => number;
  /** @param isPassing whether the session is for one visit */
  readonly open: (part: Matrix, room: Own, isPassing: boolean) => Promise<Session>;
  readonly signal: AbortSignal | undefined;
  /** Whether a session needs no part any more when it is open: engines copy points, but not all sessions leave them then. */
  readonly copies: boolean;
  /** Bytes of the budget that sessions must leave. Default 0. */
  readonly reservedBytes?: number | undefined;
}

/**
 * The parts of points on an engine: as many as a budget allows stay there, the others come for each visit, and while one is
 * visited the next one is loaded.
 */
export class PartRooms<Session extends { destroy(): void }, Own extends Room<Session> = Room<Session>> {
  readonly rooms: readonly Own[];
  readonly #settings: RoomSettings<Session, Own>;
  readonly #reader: PartReader;
  #left: number;
  /** The session of the last part that does not stay. */
  #passing: Session | undefined;
  #last: Session | undefined;

  constructor(points: PartedPoints, settings: RoomSettings<Session, Own>) {
    this.#settings = settings;
    this.#reader = new PartReader(points, settings.signal, settings.copies);
    this.#left = points.memoryBytes - (settings.reservedBytes ?? 0);
    let start = 0;
    this.rooms = points.parts.map(({ rows }, index) => {
      const room = settings.furnish({ index, start, rows });
      start += rows;
      return room;
    });
  }

  /** The session that was visited last. */
  get last(): Session {
    if (this.#last === undefined) throw new StateError('No part was visited yet.');
    return this.#last;
  }

  /** The part that has a row. */
  roomOf(row: number): Own {
    let low = 0;
    let high = this.rooms.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.rooms[middle].start <= row) low = middle;
      else high = middle - 1;
    }
    return this.rooms[low];
  }

  /** Visits parts in order, all of them or those that are wanted. */
  async visit(
    use: (session: Session, room: Own) => Promise<void>,
    isWanted: (room: Own) => boolean = () => true,
  ): Promise<void> {
    const wanted = this.rooms.filter(isWanted);
    for (const [at, room] of wanted.entries()) {
      this.#settings.signal?.throwIfAborted();
      const session = room.session ?? (await this.#enter(room, wanted.slice(at + 1)));
      await use(session, room);
      this.#last = session;
    }
    // The next visit most likely begins with the first part that does not stay.
    this.#reader.prepare(this.rooms.find(({ session }) => !session)?.index);
  }

  destroy(): void {
    this.#reader.stop();
    this.#passing?.destroy();
    for (const { session } of this.rooms) session?.destroy();
  }

  async #enter(room: Own, later: readonly Own[]): Promise<Session> {
    const next = later.find(({ session }) => !session)?.index;
    const part = await this.#reader.read(room.index, next);
    this.#passing?.destroy();
    this.#passing = undefined;
    const cost = this.#settings.costOf(part);
    const isPassing = cost > this.#left;
    const session = await this.#settings.open(part, room, isPassing);
    room.wasOpened = true;
    if (isPassing) {
      this.#passing = session;
    } else {
      this.#left -= cost;
      room.session = session;
    }
    return session;
  }
}

/** Memory of a session beside its points: relative to them, and at least. */
const SHARE_OF_POINTS = 1.4;
const LEAST_BYTES = 2 ** 20;

/**
 * Bytes of a session of a part, whose values engines keep as bytes or as float32.
 *
 * @param bytesPerRow what else it keeps of each row
 */
export function sessionBytes({ data, rows, columns }: Matrix, bytesPerRow: number): number {
  const bytes = data instanceof Uint8Array ? 1 : 4;
  return LEAST_BYTES + rows * (SHARE_OF_POINTS * bytes * columns + bytesPerRow);
}
