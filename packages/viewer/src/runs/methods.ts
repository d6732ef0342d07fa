/** A method that a reader can cluster with in the page. */
export interface FitMethod {
  /** Its name in core's table of kinds. */
  readonly method: string;
  /** Its name for people. */
  readonly title: string;
  /** Whether it takes the number of clusters; others find it, and take the least size of a cluster. */
  readonly takesClusters: boolean;
}

/**
 * The methods that need no more than a number to fit any points. They are listed here, because the form must not load their code;
 * a test compares them with core's table.
 */
export const FIT_METHODS: readonly FitMethod[] = [
  { method: 'kmeans', title: 'k-means', takesClusters: true },
  { method: 'gmm', title: 'Gaussian mixture', takesClusters: true },
  { method: 'minibatch-kmeans', title: 'mini-batch k-means', takesClusters: true },
  { method: 'bisecting-kmeans', title: 'bisecting k-means', takesClusters: true },
  { method: 'agglomerative', title: 'agglomerative clustering', takesClusters: true },
  { method: 'hdbscan', title: 'HDBSCAN', takesClusters: false },
];
