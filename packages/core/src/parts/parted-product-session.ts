import { Destroyable } from '../destroyable.ts';
import type { Engine } from '../engine/engine.ts';
import type { MatrixProductSession } from '../engine/products/session.ts';
import type { ColumnMoments, SessionOptions } from '../engine/session.ts';
import { assertLength, assertRowIndices } from '../engine/session-input.ts';
import { StateError } from '../errors.ts';
import type { Points } from '../matrix.ts';
import { areParted, type PartedPoints } from './parted-points.ts';
import { PartRooms, sessionBytes, weighRoom, type WeighedRoom } from './part-rooms.ts';
import { rangeWithin } from './range-within.ts';

/** What a session of products keeps of each row. */
const BYTES_PER_ROW = 8;

type ProductRoom = WeighedRoom<MatrixProductSession>;

/** Opens a session of products of points in one piece or in parts, which the caller destroys. */
export async function openProducts(
  engine: Engine,
  points: Points | PartedPoints,
  options: SessionOptions,
): Promise<MatrixProductSession> {
  if (!areParted(points)) return engine.createMatrixProducts(points, options);
  return engine.inParts
    ? engine.inParts.createMatrixProducts(points, options)
    : new PartedProductSession(engine, points, options);
}

/** Products of points in parts: those of each part are added in the order of the parts, in float64. */
class PartedProductSession extends Destroyable implements MatrixProductSession {
  readonly rows: number;
  readonly columns: number;
  readonly #rooms: PartRooms<MatrixProductSession, ProductRoom>;
  #shift: Float64Array;
  #isDestroyed = false;

  constructor(engine: Engine, points: PartedPoints, options: SessionOptions) {
    super();
    const { weights, signal } = options;
    this.rows = points.rows;
    this.columns = points.columns;
    this.#shift = new Float64Array(points.columns);
    this.#rooms = new PartRooms(points, {
      signal,
      copies: true,
      furnish: (room) => weighRoom(room, weights),
      costOf: (part) => sessionBytes(part, BYTES_PER_ROW),
      open: (part, { weights: own }) => engine.createMatrixProducts(part, { ...options, weights: own }),
    });
  }

  async columnMoments(): Promise<ColumnMoments> {
    const found: (ColumnMoments & { readonly mass: number })[] = [];
    await this.#visit(
      async (session, { mass }) => {
        found.push({ ...(await session.columnMoments()), mass });
      },
      ({ mass }) => mass > 0,
    );
    const total = found.reduce((sum, { mass }) => sum + mass, 0);
    // About the means of the first part, so that values far from 0 keep their digits.
    const about = found[0].mean;
    const offset = about.map(
      (value, j) => found.reduce((sum, { mass, mean }) => sum + mass * (mean[j] - value), 0) / total,
    );
    const mean = about.map((value, j) => value + offset[j]);
    const variance = mean.map(
      (value, j) =>
        found.reduce((sum, part) => sum + part.mass * (part.variance[j] + (part.mean[j] - value) ** 2), 0) /
        total,
    );
    return { mean, variance };
  }

  async writeShift(shift: Float64Array): Promise<void> {
    this.#assertAlive();
    assertLength('The shift', shift, this.columns);
    this.#shift = shift.slice();
  }

  async multiply(right: Float64Array, width: number, start: number, count: number): Promise<Float32Array> {
    if (count > 0) assertRowIndices([start, start + count - 1], this.rows);
    const out = new Float32Array(count * width);
    await this.#visit(
      async (session, room) => {
        const { first, end } = rangeWithin(room, start, count);
        const product = await session.multiply(right, width, first - room.start, end - first);
        out.set(product, (first - start) * width);
      },
      (room) => rangeWithin(room, start, count).end > rangeWithin(room, start, count).first,
    );
    return out;
  }

  async gram(right: Float64Array, width: number): Promise<Float64Array> {
    const out = new Float64Array(this.columns * width);
    await this.#visit(
      async (session) => {
        const product = await session.gram(right, width);
        product.forEach((value, at) => (out[at] += value));
      },
      ({ mass }) => mass > 0,
    );
    return out;
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#rooms.destroy();
  }

  /** Visits parts with the current shift. */
  async #visit(
    use: (session: MatrixProductSession, room: ProductRoom) => Promise<void>,
    isWanted: (room: ProductRoom) => boolean,
  ): Promise<void> {
    this.#assertAlive();
    await this.#rooms.visit(async (session, room) => {
      await session.writeShift(this.#shift);
      await use(session, room);
    }, isWanted);
  }

  #assertAlive(): void {
    if (this.#isDestroyed) throw new StateError('This product session was destroyed; create a new one.');
  }
}
