import type { ColumnMoments, Matrix } from '@shoal/core';
import { assertRowIndices, forEachChunk } from '@shoal/core/engine-kit';
import { configure, TILE_ROWS } from './kernels.ts';
import { unpadRows, type Layout, type SessionMemory } from './memory.ts';

/** Multiply-adds per kernel call, some milliseconds' worth: how finely work can be aborted. */
const OPERATIONS_PER_CALL = 50_000_000;

/** Shape of the points in a session's memory, and where they and what goes with them lie. */
export interface PointPlan {
  readonly rows: number;
  readonly columns: number;
  /** Floats in a padded row: the columns rounded up to whole SIMD vectors. */
  readonly stride: number;
  readonly isBytes: boolean;
  /**
   * What the kernels' values are multiplied by to give the matrix's. Bytes enter the arithmetic as they are,
   * exactly; floats are scaled when they are loaded, and this is 1.
   */
  readonly scale: number;
  readonly points: number;
  /** A tile of widened rows, when the points are bytes. */
  readonly widened: number;
  readonly weights: number;
  readonly momentShift: number;
  readonly momentTile: number;
  readonly momentSums: number;
}

export function planPoints({ rows, columns, data, scale }: Matrix, layout: Layout): PointPlan {
  // A scale of 0 cannot be divided out of the centroids, so such bytes become floats, all 0.
  const isBytes = data instanceof Uint8Array && scale !== 0;
  const stride = Math.ceil(columns / 4) * 4;
  return {
    rows,
    columns,
    stride,
    isBytes,
    scale: isBytes ? scale : 1,
    points: layout.reserve(isBytes ? rows * columns : 4 * rows * stride),
    widened: layout.reserve(isBytes ? 4 * TILE_ROWS * stride : 0),
    weights: layout.reserve(4 * rows),
    momentShift: layout.reserve(4 * stride),
    momentTile: layout.reserve(8 * stride),
    momentSums: layout.reserve(16 * stride),
  };
}

/** The points and weights of one session, and passes over them. */
export class ResidentPoints {
  /** Sum of the sample weights. */
  readonly totalWeight: number;
  readonly #plan: PointPlan;
  readonly #memory: SessionMemory;
  readonly #signal: AbortSignal | undefined;

  constructor(
    plan: PointPlan,
    memory: SessionMemory,
    source: Matrix,
    weights: Float32Array | undefined,
    signal: AbortSignal | undefined,
  ) {
    this.#plan = plan;
    this.#memory = memory;
    this.#signal = signal;
    this.#load(source);
    const resident = this.weights;
    if (weights === undefined) resident.fill(1);
    else resident.set(weights);
    this.totalWeight = resident.reduce((total, weight) => total + weight, 0);
    const { points, isBytes, columns, stride, widened, momentShift, momentTile, momentSums } = plan;
    configure(memory.kernels, {
      points,
      isBytes,
      columns,
      stride,
      widened,
      weights: plan.weights,
      momentShift,
      momentTile,
      momentSums,
    });
  }

  /** One weight per point, in the session's memory. */
  get weights(): Float32Array {
    return this.#memory.floats(this.#plan.weights, this.#plan.rows);
  }

  /** Copies rows out, row-major (rows.length x D), in the units of the matrix. */
  readRows(rows: Uint32Array): Float32Array {
    assertRowIndices(rows, this.#plan.rows);
    const { columns, scale } = this.#plan;
    const out = new Float32Array(rows.length * columns);
    rows.forEach((row, i) => {
      const values = this.#row(row);
      for (let j = 0; j < columns; j++) out[i * columns + j] = values[j] * scale;
    });
    return out;
  }

  /** Copies rows to `to` as padded floats, as the kernels see them. */
  copyRows(rows: Uint32Array, to: number): void {
    const { columns, stride } = this.#plan;
    rows.forEach((row, i) => {
      this.#memory.floats(to + 4 * i * stride, columns).set(this.#row(row));
    });
  }

  /** Two passes: the means, then the spread about them, free of cancellation. */
  async columnMoments(): Promise<ColumnMoments> {
    const { stride, scale, momentShift } = this.#plan;
    const shift = this.#memory.floats(momentShift, stride).fill(0);
    shift.set((await this.#momentsAbout()).mean);
    const { mean, square } = await this.#momentsAbout();
    return {
      mean: mean.map((value, j) => (shift[j] + value) * scale),
      variance: square.map((value, j) => Math.max(0, value - mean[j] ** 2) * scale ** 2),
    };
  }

  /**
   * Visits rows in order, a few milliseconds' work at a time.
   *
   * @param operations multiply-adds of a row
   * @param total how many rows, counted from 0; by default all points
   */
  forEachRange(
    operations: number,
    visit: (start: number, count: number) => void,
    total: number = this.#plan.rows,
  ): Promise<void> {
    const tiles = Math.ceil(OPERATIONS_PER_CALL / (TILE_ROWS * operations));
    return forEachChunk(total, tiles * TILE_ROWS, this.#signal, (start, end) => {
      visit(start, end - start);
    });
  }

  /** The same, a tile at a time. */
  forEachTile(
    operations: number,
    visit: (start: number, rows: number) => void,
    total: number = this.#plan.rows,
  ): Promise<void> {
    return this.forEachRange(
      operations,
      (start, count) => {
        for (let row = start; row < start + count; row += TILE_ROWS) {
          visit(row, Math.min(TILE_ROWS, start + count - row));
        }
      },
      total,
    );
  }

  /** Weighted means of x - shift and (x - shift)^2, in the kernels' units. */
  async #momentsAbout(): Promise<{ readonly mean: Float64Array; readonly square: Float64Array }> {
    const { columns, stride, momentSums } = this.#plan;
    const sums = this.#memory.doubles(momentSums, 2 * stride).fill(0);
    await this.forEachRange(columns, (start, count) => {
      this.#memory.kernels.momentRows(start, count);
    });
    const averages = unpadRows(sums, stride, columns, 1 / this.totalWeight);
    return { mean: averages.subarray(0, columns), square: averages.subarray(columns) };
  }

  #load({ data, rows, columns, scale }: Matrix): void {
    const { points, stride, isBytes } = this.#plan;
    if (isBytes) {
      this.#memory.bytes(points, data.length).set(data);
      return;
    }
    const floats = this.#memory.floats(points, rows * stride);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) floats[i * stride + j] = data[i * columns + j] * scale;
    }
  }

  #row(row: number): Uint8Array | Float32Array {
    const { points, columns, stride, isBytes } = this.#plan;
    return isBytes
      ? this.#memory.bytes(points + row * columns, columns)
      : this.#memory.floats(points + 4 * row * stride, columns);
  }
}
