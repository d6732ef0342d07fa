/**
 * The label of a point without a cluster: noise, or a point for which no cluster was found. Files and tables write it
 * as -1.
 */
export const NO_CLUSTER = 0xffffffff;

/** What files and tables write for a point without a cluster, as scikit-learn does for noise. */
export const WRITTEN_NO_CLUSTER = -1;

/** Whether a label stands for no cluster, in a model or in a file. */
export function isNoCluster(label: number | string): boolean {
  return label === NO_CLUSTER || label === WRITTEN_NO_CLUSTER;
}

/**
 * Labels as files and tables hold them.
 *
 * @param labels clusters from 0, or `NO_CLUSTER`
 * @returns the same array when every point has a cluster; else a copy with -1 for points without one
 */
export function writtenLabels<Labels extends Uint8Array | Int32Array | Uint32Array>(
  labels: Labels,
): Labels | Int32Array {
  return labels.includes(NO_CLUSTER) ? Int32Array.from(labels) : labels;
}

/** How many points have no cluster. */
export function countWithoutCluster(labels: ArrayLike<number | string>): number {
  let count = 0;
  for (let i = 0; i < labels.length; i++) if (isNoCluster(labels[i])) count++;
  return count;
}
