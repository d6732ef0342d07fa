import type { Matrix } from '@shoal/core';

/** A row and its squared distance. */
interface Candidate {
  readonly row: number;
  readonly distance: number;
}

/**
 * The rows nearest to one of them by Euclidean distance, nearest first and without itself; of equally near ones the first.
 *
 * @param most how many
 * @param accepts whether a row may be among them
 */
export function nearestRows(
  { data, rows, columns, scale }: Matrix,
  row: number,
  most: number,
  accepts: (row: number) => boolean,
): readonly number[] {
  const best: Candidate[] = [];
  for (let other = 0; other < rows; other++) {
    if (other === row || !accepts(other)) continue;
    const limit = best.length < most ? Infinity : best[most - 1].distance;
    let distance = 0;
    for (let j = 0; j < columns && distance < limit; j++) {
      distance += ((data[row * columns + j] - data[other * columns + j]) * scale) ** 2;
    }
    if (!(distance < limit)) continue;
    let at = best.length;
    while (at > 0 && distance < best[at - 1].distance) at--;
    best.splice(at, 0, { row: other, distance });
    best.length = Math.min(best.length, most);
  }
  return best.map((candidate) => candidate.row);
}
