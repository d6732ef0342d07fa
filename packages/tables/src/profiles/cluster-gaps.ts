import type { NearestCluster } from './types.ts';

/** Points without a scale, and their clusters. */
export interface LabeledPoints {
  /** N x D, row-major. */
  readonly data: Float64Array;
  readonly columns: number;
  /** One per point, from 0 to `clusters - 1`. */
  readonly labels: ArrayLike<number>;
  readonly clusters: number;
}

/** Gaps of points that do not spread at all along the line are infinite; they count as so many. */
const MAX_GAP = 10;

/**
 * The nearest other cluster of each, by the distance of the means, and the gap to it: the distance in standard deviations
 * of the points of both (the root of the mean of their variances) along the line between the means.
 *
 * @returns by cluster; undefined for clusters without points, or when there is no other
 */
export function clusterGaps(points: LabeledPoints): readonly (NearestCluster | undefined)[] {
  const { clusters, columns } = points;
  const members = membersOf(points);
  const means = meansOf(points, members);
  return members.map((own, cluster) => {
    if (own.length === 0) return undefined;
    const mean = means.subarray(cluster * columns, (cluster + 1) * columns);
    let nearest = -1;
    let least = Infinity;
    for (let other = 0; other < clusters; other++) {
      if (other === cluster || members[other].length === 0) continue;
      const distance = squaredDistance(mean, means.subarray(other * columns, (other + 1) * columns));
      if (distance < least) [nearest, least] = [other, distance];
    }
    if (nearest < 0) return undefined;
    const line = means.slice(nearest * columns, (nearest + 1) * columns);
    for (let j = 0; j < columns; j++) line[j] -= mean[j];
    const spread =
      (varianceAlong(points, own, mean, line) +
        varianceAlong(points, members[nearest], means.subarray(nearest * columns), line)) /
      2;
    // Along the line itself, the means are `least` apart.
    const gap = least === 0 ? 0 : Math.min(MAX_GAP, least / Math.sqrt(spread));
    return { cluster: nearest, gap };
  });
}

function membersOf({ labels, clusters }: LabeledPoints): readonly number[][] {
  const members = Array.from({ length: clusters }, (): number[] => []);
  for (let i = 0; i < labels.length; i++) members[labels[i]].push(i);
  return members;
}

function meansOf({ data, columns }: LabeledPoints, members: readonly (readonly number[])[]): Float64Array {
  const means = new Float64Array(members.length * columns);
  members.forEach((own, cluster) => {
    for (const i of own) {
      for (let j = 0; j < columns; j++) means[cluster * columns + j] += data[i * columns + j] / own.length;
    }
  });
  return means;
}

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += (a[j] - b[j]) ** 2;
  return sum;
}

/** Variance of the products with `line`. */
function varianceAlong(
  { data, columns }: LabeledPoints,
  members: readonly number[],
  mean: Float64Array,
  line: Float64Array,
): number {
  let sum = 0;
  for (const i of members) {
    let along = 0;
    for (let j = 0; j < columns; j++) along += (data[i * columns + j] - mean[j]) * line[j];
    sum += along * along;
  }
  return sum / members.length;
}

/** Mean over the points of the gap of their cluster. */
export function meanGap(gaps: readonly (NearestCluster | undefined)[], labels: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += gaps[labels[i]]?.gap ?? 0;
  return sum / labels.length;
}
