import type { EncodedLabels } from '../metrics/labels.ts';

/** Points that no partition parts, as one. */
export interface DistinctRows {
  /** For each point the index of the row of labels it has, numbered as they are first seen. */
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
  // One partition after another divides the rows so far. Rows and codes are at most as many as points: a pair is exact.
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
