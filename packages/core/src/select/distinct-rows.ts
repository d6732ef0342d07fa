import type { EncodedLabels } from '../metrics/labels.ts';

/** Points that no partition separates, as one row. */
export interface DistinctRows {
  /** For each point the index of its row of labels, numbered in the order of first appearance. */
  readonly rowOf: Uint32Array;
  /** The first point of each row. */
  readonly first: Uint32Array;
  /** Points of each row. */
  readonly counts: Float32Array;
}

/** Groups points by the labels that several partitions give them. */
export function distinctRows(partitions: readonly EncodedLabels[]): DistinctRows {
  const points = partitions[0].codes.length;
  const rowOf = new Uint32Array(points);
  // One partition after another divides the rows so far. There are at most as many rows and codes as points, so a pair
  // is an exact number.
  for (const { codes, values } of partitions) {
    const rowOfPair = new Map<number, number>();
    for (let i = 0; i < points; i++) {
      const pair = rowOf[i] * values.length + codes[i];
      const row = rowOfPair.get(pair) ?? rowOfPair.size;
      rowOfPair.set(pair, row);
      rowOf[i] = row;
    }
  }
  const first: number[] = [];
  const counts: number[] = [];
  rowOf.forEach((row, i) => {
    if (row === first.length) {
      first.push(i);
      counts.push(0);
    }
    counts[row]++;
  });
  return { rowOf, first: Uint32Array.from(first), counts: Float32Array.from(counts) };
}
