/** The merges of a dendrogram of N leaves as plain arrays, N - 1 values each. */
export interface Merges {
  /**
   * The two parts of each merge: numbers below N are leaves, N + m is what merge m made. Parts are made before they are
   * merged.
   */
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  /** The distance at which they are merged: finite, >= 0, ascending. */
  readonly heights: Float64Array;
}
