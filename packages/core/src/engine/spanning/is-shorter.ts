/** An edge between two rows. */
export interface Edge {
  /** The greatest of the squared core distances of both rows and their squared distance. */
  readonly weight: number;
  /** Their squared distance. */
  readonly square: number;
  readonly from: number;
  readonly to: number;
}

/** The order of edges: by weight, by squared distance, by the lower row, by the higher row. No two edges are equal. */
export function isShorter(a: Edge, b: Edge): boolean {
  if (a.weight !== b.weight) return a.weight < b.weight;
  if (a.square !== b.square) return a.square < b.square;
  const lower = Math.min(a.from, a.to) - Math.min(b.from, b.to);
  return lower === 0 ? Math.max(a.from, a.to) < Math.max(b.from, b.to) : lower < 0;
}
