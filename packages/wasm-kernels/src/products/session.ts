import { DataError, type Matrix } from '@shoal/core';
import {
  assertCount,
  assertLength,
  assertRowIndices,
  type ColumnMoments,
  Destroyable,
  type MatrixProductSession,
  type SessionOptions,
} from '@shoal/core/engine-kit';
import { FACTOR_WIDTH } from '../kernels.ts';
import type { Runtime, SessionMemory } from '../memory.ts';
import { ResidentPoints, type PointSummary } from '../resident-points.ts';
import type { WorkOptions } from '../work.ts';
import { planProducts, type ProductPlan } from './plan.ts';

/**
 * Matrix products in WebAssembly: float32 within 64 rows, float64 across them. The shift is subtracted from rows before they
 * are rounded, so that an offset of the points costs no precision.
 */
export class WasmMatrixProductSession extends Destroyable implements MatrixProductSession {
  readonly rows: number;
  readonly columns: number;

  readonly #plan: ProductPlan;
  readonly #memory: SessionMemory;
  readonly #summary: PointSummary;
  readonly #signal: AbortSignal | undefined;
  /** The shift rounded to float32. */
  readonly #shiftError: Float64Array;

  /**
   * @throws {UnsupportedError} when the session needs more than 4 GiB
   * @throws {DeviceError} when there is too little memory, or a thread ends unexpectedly
   * @throws {DataError} when a value is NaN or infinite
   */
  static async create(
    runtime: Runtime,
    source: Matrix,
    options: SessionOptions,
    work: WorkOptions,
  ): Promise<WasmMatrixProductSession> {
    const plan = planProducts(source, options, work);
    const memory = await runtime.allocate(plan.layout, plan.threads);
    try {
      memory.configure(plan.globalsOf);
      const points = new ResidentPoints(plan.points, memory, source, options.weights);
      const summary = await points.summarize(source, options);
      return new WasmMatrixProductSession(plan, memory, summary, options);
    } catch (error) {
      memory.free();
      throw error;
    }
  }

  private constructor(
    plan: ProductPlan,
    memory: SessionMemory,
    summary: PointSummary,
    { signal }: SessionOptions,
  ) {
    super();
    const { rows, columns } = plan.globals;
    this.rows = rows;
    this.columns = columns;
    this.#plan = plan;
    this.#memory = memory;
    this.#summary = summary;
    this.#signal = signal;
    this.#shiftError = new Float64Array(columns);
    this.#shift.fill(0);
  }

  async columnMoments(): Promise<ColumnMoments> {
    this.#memory.assertLive();
    return { mean: this.#summary.mean.slice(), variance: this.#summary.variance.slice() };
  }

  async writeShift(shift: Float64Array): Promise<void> {
    assertLength('The shift', shift, this.columns);
    const seen = this.#shift;
    seen.set(shift);
    this.#shiftError.set(shift.map((value, j) => value - seen[j]));
  }

  async multiply(right: Float64Array, width: number, start: number, count: number): Promise<Float32Array> {
    this.#assertFactor(right, width);
    if (count > 0) assertRowIndices([start, start + count - 1], this.rows);
    const out = new Float32Array(count * width);
    const { tableRows, globals } = this.#plan;
    for (let column = 0; column < width; column += FACTOR_WIDTH) {
      const columns = Math.min(FACTOR_WIDTH, width - column);
      this.#loadFactor(right, width, column, columns);
      const offset = this.#offset(right, width, column, columns);
      for (let done = 0; done < count; done += tableRows) {
        const rows = Math.min(tableRows, count - done);
        const first = start + done;
        const chunks = Math.ceil(rows / globals.chunkRows);
        await this.#memory.run('multiplyChunk', chunks, this.#signal, first, first + rows);
        const products = this.#memory.floats(globals.productTable, rows * FACTOR_WIDTH);
        for (let i = 0; i < rows; i++) {
          for (let c = 0; c < columns; c++) {
            const value = products[i * FACTOR_WIDTH + c] - offset[c];
            out[(done + i) * width + column + c] = requireFinite(value);
          }
        }
      }
    }
    return out;
  }

  async gram(right: Float64Array, width: number): Promise<Float64Array> {
    this.#assertFactor(right, width);
    const out = new Float64Array(this.columns * width);
    const { slots, globals } = this.#plan;
    for (let column = 0; column < width; column += FACTOR_WIDTH) {
      const columns = Math.min(FACTOR_WIDTH, width - column);
      this.#loadFactor(right, width, column, columns);
      this.#memory.bytes(globals.grams, slots.slots * globals.gramBytes).fill(0);
      for (let part = 0; part < slots.parts; part++) {
        await this.#memory.run('accumulateGram', slots.slots, this.#signal, part);
      }
      for (let slot = 0; slot < slots.slots; slot++) {
        const at = globals.grams + slot * globals.gramBytes;
        const ofSlot = this.#memory.doubles(at, this.columns * FACTOR_WIDTH);
        for (let j = 0; j < this.columns; j++) {
          for (let c = 0; c < columns; c++) {
            out[j * width + column + c] += ofSlot[j * FACTOR_WIDTH + c];
          }
        }
      }
    }
    out.forEach(requireFinite);
    return out;
  }

  destroy(): void {
    this.#memory.free();
  }

  get #shift(): Float32Array {
    return this.#memory.floats(this.#plan.globals.shift, this.columns);
  }

  #assertFactor(right: Float64Array, width: number): void {
    this.#memory.assertLive();
    assertCount('The width of the right factor', width);
    assertLength('The right factor', right, this.columns * width);
  }

  /** Writes up to 32 columns of the factor for the kernels. */
  #loadFactor(right: Float64Array, width: number, column: number, columns: number): void {
    const factor = this.#memory.floats(this.#plan.globals.factor, this.columns * FACTOR_WIDTH).fill(0);
    for (let j = 0; j < this.columns; j++) {
      for (let c = 0; c < columns; c++) factor[j * FACTOR_WIDTH + c] = right[j * width + column + c];
    }
  }

  /** The part of every product that comes from the rounding of the shift to float32. */
  #offset(right: Float64Array, width: number, column: number, columns: number): Float64Array {
    const offset = new Float64Array(columns);
    this.#shiftError.forEach((error, j) => {
      if (error === 0) return;
      for (let c = 0; c < columns; c++) offset[c] += error * right[j * width + column + c];
    });
    return offset;
  }
}

function requireFinite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new DataError(
    `A product is ${value}: the values are too large for float32. Scale the columns (scaling: 'standardize').`,
  );
}
