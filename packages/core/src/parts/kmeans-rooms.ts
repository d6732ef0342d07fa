import type { Engine } from '../engine/engine.ts';
import type { KMeansPartOptions, KMeansPartSession, SeedState } from '../engine/kmeans/part-session.ts';
import { UnsupportedError } from '../errors.ts';
import type { PartedPoints } from './parted-points.ts';
import { PartReader } from './part-reader.ts';

/** Memory of a session beside its points: relative to them, for each row, and at least. */
const SHARE_OF_POINTS = 1.4;
const BYTES_PER_ROW = 24;
const LEAST_BYTES = 2 ** 20;

/** What is kept of a part between visits. */
export interface Room {
  readonly index: number;
  /** The first of its rows among all rows. */
  readonly start: number;
  readonly rows: number;
  wasOpened?: boolean;
  /** The session of a part that stays on the engine. */
  session?: KMeansPartSession;
  /** Of a part that does not stay: its last labels, and its seeds. */
  labels?: Uint8Array | Uint16Array | Uint32Array | undefined;
  seeds?: SeedState | undefined;
  /** Whether a session that stays must forget its seeds. */
  forgetsSeeds?: boolean;
  /** The mass of the part after the last pass of seeding, and if a candidate of it were added. */
  mass: number;
  potentials: Float64Array;
}

export type RoomOptions = Omit<KMeansPartOptions, 'weights'> & {
  readonly weights: Float32Array | undefined;
};

/**
 * The parts of points on an engine: as many as a budget allows stay there, the others come for each visit, and while one is
 * visited the next one is loaded.
 */
export class KMeansRooms {
  readonly rooms: readonly Room[];
  readonly #points: PartedPoints;
  readonly #options: RoomOptions;
  readonly #open: NonNullable<Engine['createKMeansPart']>;
  readonly #reader: PartReader;
  #left: number;
  /** The session of the last part that does not stay. */
  #passing: KMeansPartSession | undefined;
  #last: KMeansPartSession | undefined;

  /** @throws {UnsupportedError} when the engine has no sessions of parts */
  constructor(engine: Engine, points: PartedPoints, options: RoomOptions) {
    if (!engine.createKMeansPart) {
      throw new UnsupportedError(
        `The ${engine.name} engine cannot fit points in parts yet, because its sums depend on how points are divided; ` +
          'use the wasm engine, or points that memory holds.',
      );
    }
    this.#open = engine.createKMeansPart.bind(engine);
    this.#points = points;
    this.#options = options;
    this.#reader = new PartReader(points, options.signal);
    this.#left = points.memoryBytes;
    let start = 0;
    this.rooms = points.parts.map(({ rows }, index) => {
      const room: Room = { index, start, rows, mass: Infinity, potentials: new Float64Array() };
      start += rows;
      return room;
    });
  }

  /** The session that was visited last. */
  get last(): KMeansPartSession {
    if (this.#last === undefined) throw new UnsupportedError('No part was visited yet.');
    return this.#last;
  }

  /** Visits parts in order, all of them or those that are wanted. */
  async visit(
    use: (session: KMeansPartSession, room: Room) => Promise<void>,
    isWanted: (room: Room) => boolean = () => true,
  ): Promise<void> {
    const wanted = this.rooms.filter(isWanted);
    for (const [at, room] of wanted.entries()) {
      this.#options.signal?.throwIfAborted();
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

  async #enter(room: Room, later: readonly Room[]): Promise<KMeansPartSession> {
    const next = later.find(({ session }) => !session)?.index;
    const matrix = await this.#reader.read(room.index, next);
    this.#passing?.destroy();
    this.#passing = undefined;
    const bytes = matrix.data instanceof Uint8Array ? 1 : 4;
    const cost = LEAST_BYTES + room.rows * (SHARE_OF_POINTS * bytes * this.#points.columns + BYTES_PER_ROW);
    const isPassing = cost > this.#left;
    const { weights } = this.#options;
    const session = await this.#open(matrix, {
      ...this.#options,
      weights: weights?.subarray(room.start, room.start + room.rows),
      momentsKnown: room.wasOpened,
      isPassing,
    });
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
