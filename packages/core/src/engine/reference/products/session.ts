import { Destroyable } from '../../../destroyable.ts';
import { matrix, type Matrix } from '../../../matrix.ts';
import type { PartedPoints } from '../../../parts/parted-points.ts';
import type { ColumnMoments, SessionOptions } from '../../session.ts';
import type { MatrixProductSession } from '../../products/session.ts';
import { assertCount, assertLength, assertRowIndices } from '../../session-input.ts';
import { columnMoments } from '../column-moments.ts';
import { forEachPoint, rowsOf } from '../for-each-point.ts';
import { SessionLife, type EngineLife } from '../life.ts';

/** Matrix products in plain loops and float64. Every other engine is compared with it. */
export class ReferenceMatrixProductSession extends Destroyable implements MatrixProductSession {
  readonly rows: number;
  readonly columns: number;

  readonly #life: SessionLife;
  readonly #points: Matrix | PartedPoints;
  readonly #weights: Float32Array | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #shift: Float64Array;

  constructor(points: Matrix | PartedPoints, options: SessionOptions, life: EngineLife) {
    super();
    this.#life = new SessionLife('product session', life);
    this.rows = points.rows;
    this.columns = points.columns;
    this.#points = points;
    this.#weights = options.weights;
    this.#signal = options.signal;
    this.#shift = new Float64Array(points.columns);
  }

  async columnMoments(): Promise<ColumnMoments> {
    this.#life.assertAlive();
    return columnMoments(this.#points, this.#weights, this.#signal);
  }

  async writeShift(shift: Float64Array): Promise<void> {
    this.#life.assertAlive();
    assertLength('The shift', shift, this.columns);
    this.#shift.set(shift);
  }

  async multiply(right: Float64Array, width: number, start: number, count: number): Promise<Float32Array> {
    this.#assertUsable(right, width);
    if (count > 0) assertRowIndices([start, start + count - 1], this.rows);
    const out = new Float32Array(count * width);
    if (count === 0) return out;
    const product = new Float64Array(width);
    const range = Uint32Array.from({ length: count }, (_, i) => start + i);
    const values = await rowsOf(this.#points, range, this.#signal);
    await this.#forEachPoint(matrix(values, count, this.columns), width, (centered, i) => {
      multiplyRow(centered, right, product);
      out.set(product, i * width);
    });
    return out;
  }

  async gram(right: Float64Array, width: number): Promise<Float64Array> {
    this.#assertUsable(right, width);
    const out = new Float64Array(this.columns * width);
    const product = new Float64Array(width);
    await this.#forEachPoint(this.#points, 2 * width, (centered, i) => {
      const weight = this.#weights?.[i] ?? 1;
      if (weight === 0) return;
      multiplyRow(centered, right, product);
      for (let j = 0; j < centered.length; j++) {
        const factor = weight * centered[j];
        for (let c = 0; c < width; c++) out[j * width + c] += factor * product[c];
      }
    });
    return out;
  }

  destroy(): void {
    this.#life.end();
  }

  /** Visits points less the shift. */
  #forEachPoint(
    points: Matrix | PartedPoints,
    operationsPerValue: number,
    visit: (centered: Float64Array, i: number) => void,
  ): Promise<void> {
    const shift = this.#shift.slice();
    return forEachPoint(points, operationsPerValue * this.columns, this.#signal, (row, i) => {
      for (let j = 0; j < row.length; j++) row[j] -= shift[j];
      visit(row, i);
    });
  }

  #assertUsable(right: Float64Array, width: number): void {
    this.#life.assertAlive();
    assertCount('The width of the right factor', width);
    assertLength('The right factor', right, this.columns * width);
  }
}

/** A row vector times B (row-major), into `out`. */
function multiplyRow(row: Float64Array, right: Float64Array, out: Float64Array): void {
  const width = out.length;
  out.fill(0);
  for (let j = 0; j < row.length; j++) {
    for (let c = 0; c < width; c++) out[c] += row[j] * right[j * width + c];
  }
}
