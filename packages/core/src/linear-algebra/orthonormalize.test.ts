import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { orthonormalize } from './orthonormalize.ts';

function randomMatrix(rows: number, columns: number, seed: number): Float64Array {
  const random = new Random(seed);
  return Float64Array.from({ length: rows * columns }, () => random.normal());
}

/** A^T B, columns of A x columns of B. */
function transposedProduct(
  a: Float64Array,
  b: Float64Array,
  rows: number,
  columns: number,
  others: number,
): Float64Array {
  const out = new Float64Array(columns * others);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      for (let k = 0; k < others; k++) out[j * others + k] += a[i * columns + j] * b[i * others + k];
    }
  }
  return out;
}

function expectOrthonormal(q: Float64Array, rows: number, columns: number): void {
  const gram = transposedProduct(q, q, rows, columns, columns);
  gram.forEach((value, at) => {
    expect(Math.abs(value - (Math.floor(at / columns) === at % columns ? 1 : 0))).toBeLessThan(1e-14);
  });
}

/** Largest part of A's columns that lies outside the span of Q's, relative to the largest value of A. */
function outside(a: Float64Array, q: Float64Array, rows: number, columns: number): number {
  const inside = transposedProduct(q, a, rows, columns, columns);
  let largest = 0;
  let rest = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let value = a[i * columns + j];
      largest = Math.max(largest, Math.abs(value));
      for (let k = 0; k < columns; k++) value -= q[i * columns + k] * inside[k * columns + j];
      rest = Math.max(rest, Math.abs(value));
    }
  }
  return rest / largest;
}

describe('orthonormalize', () => {
  it('solves a case by hand, up to signs', async () => {
    // (3, 4) and (-4, 3) / 5.
    const q = await orthonormalize(Float64Array.of(3, 1, 4, 1), 2, 2);
    [0.6, 0.8, 0.8, 0.6].forEach((value, i) => {
      expect(Math.abs(q[i])).toBeCloseTo(value, 15);
    });
    expectOrthonormal(q, 2, 2);
  });

  it.each([
    [1, 1],
    [5, 5],
    [17, 3],
    [60, 31],
  ])('spans the columns of a random %i x %i matrix', async (rows, columns) => {
    const a = randomMatrix(rows, columns, rows);
    const q = await orthonormalize(a, rows, columns);
    expectOrthonormal(q, rows, columns);
    expect(outside(a, q, rows, columns)).toBeLessThan(1e-14);
  });

  it('completes the basis where columns depend on one another, or are zero', async () => {
    const a = randomMatrix(12, 5, 1);
    for (let i = 0; i < 12; i++) {
      a[5 * i + 1] = 2 * a[5 * i];
      a[5 * i + 3] = 0;
      a[5 * i + 4] = a[5 * i] - a[5 * i + 2];
    }
    const q = await orthonormalize(a, 12, 5);
    expectOrthonormal(q, 12, 5);
    expect(outside(a, q, 12, 5)).toBeLessThan(1e-14);
    expectOrthonormal(await orthonormalize(new Float64Array(12), 4, 3), 4, 3);
  });

  it('separates columns that are nearly parallel, very large or very small', async () => {
    const a = randomMatrix(20, 4, 2);
    for (let i = 0; i < 20; i++) {
      a[4 * i + 1] = a[4 * i] * (1 + 1e-13 * a[4 * i + 1]);
      a[4 * i + 2] *= 1e-250;
      a[4 * i + 3] *= 1e250;
    }
    expectOrthonormal(await orthonormalize(a, 20, 4), 20, 4);
  });

  it('leaves its input alone, and can be aborted', async () => {
    const a = randomMatrix(6, 2, 3);
    const before = a.slice();
    await orthonormalize(a, 6, 2);
    expect(a).toEqual(before);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(orthonormalize(a, 6, 2, signal)).rejects.toThrow('enough');
  });
});
