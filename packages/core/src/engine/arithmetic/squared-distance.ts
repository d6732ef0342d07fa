import type { Matrix } from '../../matrix.ts';

/** The squared Euclidean distance of two rows, in float64, its terms added in the order of the columns. */
export function squaredDistance({ data, columns, scale }: Matrix, i: number, k: number): number {
  let sum = 0;
  for (let j = 0; j < columns; j++) {
    const difference = data[i * columns + j] * scale - data[k * columns + j] * scale;
    sum += difference * difference;
  }
  return sum;
}
