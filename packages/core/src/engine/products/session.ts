import type { ColumnMoments } from '../session.ts';

/**
 * Products of the points X (N x D), less a row vector s, with narrow matrices. X stays resident on the engine;
 * N x width is never stored.
 */
export interface MatrixProductSession extends Disposable {
  readonly rows: number;
  readonly columns: number;

  /** Mean and (population, weighted) variance of each column, D values each; the shift does not change them. */
  columnMoments(): Promise<ColumnMoments>;

  /** Sets s, the D values that are subtracted from every row; zeros at first. */
  writeShift(shift: Float64Array): Promise<void>;

  /**
   * Rows `start <= i < start + count` of (X - 1 s^T) B, (count x width) row-major.
   *
   * @param right B, D x width, row-major
   */
  multiply(right: Float64Array, width: number, start: number, count: number): Promise<Float32Array>;

  /**
   * (X - 1 s^T)^T W (X - 1 s^T) B, D x width row-major, with W the diagonal matrix of the sample weights, in one
   * pass over the points.
   *
   * @param right B, D x width, row-major
   */
  gram(right: Float64Array, width: number): Promise<Float64Array>;

  /** Frees everything the session holds. Calling it twice is harmless. */
  destroy(): void;
}
