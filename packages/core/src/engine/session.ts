/** Settings common to all sessions. */
export interface SessionOptions {
  /** Weight of each point, `rows` finite values >= 0 with a positive sum; absent means 1 each. */
  readonly weights?: Float32Array | undefined;
  /**
   * What the engine subtracts from every point where it computes relative to a center, D values in the coordinates of
   * the points. With the same center, parameters and engine, a point has the same results among any other points. By
   * default the engine chooses it from the points, for example their mean.
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
