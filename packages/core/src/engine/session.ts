/** Settings common to all sessions. */
export interface SessionOptions {
  /** Weight of each point, `rows` finite values >= 0 with a positive sum; absent means 1 each. */
  readonly weights?: Float32Array | undefined;
  /**
   * What the engine takes off every point where it computes relative to something, D values in the coordinates of the
   * points: with the same center, the same parameters and the same engine a point has the same results beside any
   * others. By default the engine chooses by the points, such as their mean.
   */
  readonly center?: Float64Array | undefined;
  /** Aborts the call in progress: it rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Per-column statistics of the points. */
export interface ColumnMoments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}
