import { assertFinite, assertFloat32, DataError, type Matrix } from '@shoal/core';
import {
  assertLength,
  assertRowIndices,
  type ColumnMoments,
  type SessionOptions,
  type WholePoints,
} from '@shoal/core/engine-kit';
import type { SessionMemory } from './memory.ts';
import type { PointPlan } from './point-plan.ts';

/** Where the points lie, in the kernels' units. */
export interface PointPlace {
  /** D values, exact in float32, near the means or near the given center: the kernels subtract them from every row. */
  readonly shift: Float32Array;
  /** The shift in the coordinates of the matrix. */
  readonly center: Float64Array;
  /** Greatest |x - shift| of each column. */
  readonly reach: Float64Array;
}

/** Sums of the points, in the kernels' units, and relative to the shift where that makes a difference. */
export interface PointSummary extends PointPlace, ColumnMoments {
  /** Sum of the sample weights. */
  readonly totalWeight: number;
  /** Weighted sum of |x - shift|^2. */
  readonly inertia: number;
  /** Greatest |x - shift|. */
  readonly farthest: number;
}

/** Where the points lie, and the sums of the same pass. */
interface MeasuredPlace extends PointPlace {
  /** Weighted sums of the columns, and the sum of the weights. */
  readonly sums: Float64Array;
}

/** The points and weights of one session. */
export class ResidentPoints {
  readonly #plan: PointPlan;
  readonly #memory: SessionMemory;

  /** Copies points and weights into the session's memory. */
  constructor(plan: PointPlan, memory: SessionMemory, source: Matrix, weights: Float32Array | undefined) {
    this.#plan = plan;
    this.#memory = memory;
    this.#load(source);
    if (weights !== undefined) memory.floats(plan.globals.weights, source.rows).set(weights);
  }

  /** One weight per point, in the session's memory; absent when each counts 1. */
  get weights(): Float32Array | undefined {
    const { weights, rows } = this.#plan.globals;
    return weights === 0 ? undefined : this.#memory.floats(weights, rows);
  }

  /**
   * A pass over the points, after the kernels are configured. Sets the shift near the given center, or else near the means.
   *
   * @throws {ShapeError} unless the center has one value per column
   * @throws {DataError} when a value is NaN or infinite, or becomes infinite in float32
   */
  async place(source: Matrix, options: Pick<SessionOptions, 'center' | 'signal'>): Promise<PointPlace> {
    return this.#measure(source, options);
  }

  /**
   * Sets the shift of points that are part of a whole, without a pass over them.
   *
   * @throws {ShapeError} unless the center has one value per column
   */
  placeInWhole({ least, greatest }: WholePoints, center: Float64Array): PointPlace {
    const { unit } = this.#plan;
    assertLength('The center', center, this.#plan.globals.columns);
    const toKernels = (value: number) => (unit === 1 ? value : Math.round(value / unit));
    return this.#setShift((j) => center[j] / unit, least.map(toKernels), greatest.map(toKernels));
  }

  /**
   * Two passes over the points: what `place` does, then squares about the shift, without cancellation.
   *
   * @throws like `place`
   */
  async summarize(source: Matrix, options: Pick<SessionOptions, 'center' | 'signal'>): Promise<PointSummary> {
    const { slots, globals, unit } = this.#plan;
    const { columns } = globals;
    const memory = this.#memory;
    const { sums, ...place } = await this.#measure(source, options);
    const totalWeight = sums[columns];
    await memory.run('squareSlot', slots, options.signal);
    const squares = this.#addSlots(globals.slotSquares, columns + 2);
    const farthest = Math.max(
      ...Array.from(
        { length: slots },
        (_, slot) => this.#slot(globals.slotSquares, columns + 2, slot)[columns + 1],
      ),
    );
    return {
      ...place,
      totalWeight,
      mean: Float64Array.from(place.shift, (_, j) => (sums[j] / totalWeight) * unit),
      variance: Float64Array.from(place.shift, (value, j) => {
        const off = sums[j] / totalWeight - value;
        return Math.max(0, squares[j] / totalWeight - off * off) * unit ** 2;
      }),
      inertia: squares[columns],
      farthest: Math.sqrt(farthest),
    };
  }

  /** Copies rows out, row-major (rows.length x D), in the units of the matrix. */
  readRows(rows: Uint32Array): Float32Array {
    const { globals, unit } = this.#plan;
    assertRowIndices(rows, globals.rows);
    const { columns, scale } = globals;
    const out = new Float32Array(rows.length * columns);
    const factor = unit * scale;
    rows.forEach((row, i) => {
      const values = this.#row(row);
      for (let j = 0; j < columns; j++) out[i * columns + j] = values[j] * factor;
    });
    return out;
  }

  async #measure(
    source: Matrix,
    { center, signal }: Pick<SessionOptions, 'center' | 'signal'>,
  ): Promise<MeasuredPlace> {
    const { slots, globals, unit } = this.#plan;
    const { columns } = globals;
    if (center) assertLength('The center', center, columns);
    await this.#memory.run('summarizeSlot', slots, signal);
    const sums = this.#addSlots(globals.slotSums, columns + 1);
    const { least, greatest } = this.#ranges();
    if (![...least, ...greatest].every(Number.isFinite)) {
      assertFinite(source);
      assertFloat32(source);
      throw new DataError("A value is too large for float32. Scale the columns (scaling: 'standardize').");
    }
    const middle = (j: number) => (center ? center[j] / unit : sums[j] / sums[columns]);
    return { ...this.#setShift(middle, least, greatest), sums };
  }

  /** Sets the shift: whole numbers where the kernels compute with unscaled bytes. */
  #setShift(
    middle: (column: number) => number,
    least: Float32Array | Float64Array,
    greatest: Float32Array | Float64Array,
  ): PointPlace {
    const { globals, unit } = this.#plan;
    const { columns, isBytes, scale } = globals;
    const wholeNumbers = isBytes && scale === 1;
    const shift = Float32Array.from({ length: columns }, (_, j) =>
      wholeNumbers ? Math.min(255, Math.max(0, Math.round(middle(j)))) : middle(j),
    );
    this.#memory.floats(globals.shift, columns).set(shift);
    return {
      shift,
      center: Float64Array.from(shift, (value) => value * unit),
      reach: Float64Array.from(shift, (value, j) => Math.max(greatest[j] - value, value - least[j])),
    };
  }

  #load({ data, scale }: Matrix): void {
    const { points, isBytes } = this.#plan.globals;
    if (isBytes) {
      this.#memory.bytes(points, data.length).set(data);
      return;
    }
    const floats = this.#memory.floats(points, data.length);
    if (scale === 1) floats.set(data);
    else for (let i = 0; i < data.length; i++) floats[i] = data[i] * scale;
  }

  #row(row: number): Uint8Array | Float32Array {
    const { points, columns, isBytes } = this.#plan.globals;
    return isBytes
      ? this.#memory.bytes(points + row * columns, columns)
      : this.#memory.floats(points + 4 * row * columns, columns);
  }

  #slot(start: number, length: number, slot: number): Float64Array {
    return this.#memory.doubles(start + 8 * slot * length, length);
  }

  #addSlots(start: number, length: number): Float64Array {
    const total = new Float64Array(length);
    for (let slot = 0; slot < this.#plan.slots; slot++) {
      const part = this.#slot(start, length, slot);
      for (let j = 0; j < length; j++) total[j] += part[j];
    }
    return total;
  }

  #ranges(): { readonly least: Float32Array; readonly greatest: Float32Array } {
    const { slots, globals } = this.#plan;
    const { columns, slotRanges } = globals;
    const least = new Float32Array(columns).fill(Infinity);
    const greatest = new Float32Array(columns).fill(-Infinity);
    for (let slot = 0; slot < slots; slot++) {
      const part = this.#memory.floats(slotRanges + 8 * slot * columns, 2 * columns);
      for (let j = 0; j < columns; j++) {
        least[j] = Math.min(least[j], part[j]);
        greatest[j] = Math.max(greatest[j], part[columns + j]);
      }
    }
    return { least, greatest };
  }
}
