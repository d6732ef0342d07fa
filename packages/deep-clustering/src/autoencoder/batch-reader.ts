import type { Matrix } from '@shoal/core';
import { tensor2d, type Tensor2D } from '@tensorflow/tfjs-core';

/** Turns rows of a host matrix into (batch x columns) tensors, one batch at a time: bytes stay bytes until then. */
export class BatchReader {
  readonly #points: Matrix;
  readonly #scratch: Float32Array;

  /** @param batchSize greatest number of rows of a batch */
  constructor(points: Matrix, batchSize: number) {
    this.#points = points;
    this.#scratch = new Float32Array(Math.min(batchSize, points.rows) * points.columns);
  }

  /**
   * The rows of these indices, scale applied. The tensor must be used before the next read: TensorFlow.js may
   * copy the values only when a kernel first needs them.
   */
  gather(rows: Uint32Array): Tensor2D {
    const { data, columns, scale } = this.#points;
    const values = this.#scratch.subarray(0, rows.length * columns);
    for (let i = 0; i < rows.length; i++) {
      const from = rows[i] * columns;
      const to = i * columns;
      for (let j = 0; j < columns; j++) values[to + j] = data[from + j] * scale;
    }
    return tensor2d(values, [rows.length, columns]);
  }

  /** The rows `start <= i < end`; the same rule holds for the tensor. */
  range(start: number, end: number): Tensor2D {
    const { data, columns, scale } = this.#points;
    const values = this.#scratch.subarray(0, (end - start) * columns);
    const from = start * columns;
    for (let i = 0; i < values.length; i++) values[i] = data[from + i] * scale;
    return tensor2d(values, [end - start, columns]);
  }
}
