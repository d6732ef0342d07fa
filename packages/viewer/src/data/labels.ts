import { InvalidArgumentError, NO_CLUSTER } from '@shoal/core';

/** The label of a point without a cluster, or whose class is not known. */
export { NO_CLUSTER };

/** Labels above this are not cluster numbers, but for example identifiers. */
const MOST_CLUSTERS = 1 << 16;

/**
 * One more than the largest label, where the number of clusters is not given.
 *
 * @throws {InvalidArgumentError} when labels are not cluster numbers
 */
export function countClusters(labels: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    if (Number.isInteger(label) && label >= most && label !== NO_CLUSTER) most = label + 1;
  }
  if (most > MOST_CLUSTERS) {
    throw new InvalidArgumentError(
      `Labels number clusters from 0, but one is ${most - 1}. Number them again, or give the number of clusters; ` +
        'labels beyond it mean no cluster.',
    );
  }
  return most;
}

/** Keeps labels from 0 to K - 1, and replaces any other value by `NO_CLUSTER`. */
export function clusterLabels(labels: ArrayLike<number>, clusters: number): Uint32Array {
  const out = new Uint32Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    out[i] = Number.isInteger(label) && label >= 0 && label < clusters ? label : NO_CLUSTER;
  }
  return out;
}
