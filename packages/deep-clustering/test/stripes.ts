import { matrix, Random, type Matrix } from '@shoal/core';

/** Rows of three kinds in [0, 1]: bright in the first, second or third part of the columns; row i is of kind i % 3. */
export function stripes(rows: number, columns: number, seed: number): Matrix {
  const random = new Random(seed);
  const data = Float32Array.from({ length: rows * columns }, (_, i) => {
    const kind = Math.floor(i / columns) % 3;
    const bright = Math.floor((3 * (i % columns)) / columns) === kind;
    return (bright ? 0.7 : 0.1) + 0.2 * random.uniform();
  });
  return matrix(data, rows, columns);
}
