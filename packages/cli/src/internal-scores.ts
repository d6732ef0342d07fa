/** Scores of labels against the points. A score is null when these labels have none; `leftOut` says why. */
export interface InternalScores {
  readonly silhouette: number | null;
  readonly silhouetteSample: number;
  readonly calinskiHarabasz: number | null;
  readonly daviesBouldin: number | null;
  /** Only when it was asked for. */
  readonly dbcv?: number | null;
  /** Share of points without a cluster, which the scores leave out; absent when there are none. */
  readonly noise?: number;
  readonly leftOut?: readonly string[];
}
