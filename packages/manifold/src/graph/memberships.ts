/** Number of times that the interval with the width of a neighborhood is halved. */
const HALVINGS = 64;
/** The sum of a neighborhood may differ from its target by this much. */
const SUM_TOLERANCE = 1e-5;
/** Least width of a neighborhood, as a share of the mean distance in it. */
const LEAST_WIDTH = 1e-3;

export interface MembershipOptions {
  /** Neighbors of each point, k. */
  readonly neighbors: number;
  /**
   * Size of a neighborhood, to whose binary logarithm its memberships sum; one more than `neighbors` when it counts the
   * point itself, as umap-learn's does.
   */
  readonly effective: number;
  /** Whether each point is connected to its nearest neighbor with full membership. */
  readonly connectNearest: boolean;
}

/**
 * How much each neighbor belongs to the neighborhood of its point: exp(-max(0, d - rho) / sigma), where rho is the
 * distance to the nearest neighbor that is not in the same place, and sigma makes the memberships of a point sum to
 * log2(`effective`) (McInnes, Healy & Melville, arXiv 1802.03426, algorithm 3).
 *
 * @param distances of `rows` points, ascending in each
 * @returns memberships in (0, 1], in the order of the distances
 */
export function memberships(
  distances: Float32Array,
  { neighbors, effective, connectNearest }: MembershipOptions,
): Float32Array {
  const out = new Float32Array(distances.length);
  const target = Math.log2(effective);
  // A point that belongs to its own neighborhood counts in the mean, at distance 0.
  const overall = (sum(distances) * neighbors) / (distances.length * effective);
  for (let start = 0; start < distances.length; start += neighbors) {
    const row = distances.subarray(start, start + neighbors);
    const nearest = connectNearest ? (row.find((distance) => distance > 0) ?? 0) : 0;
    // A point that is not connected uses only its own mean, so that its neighborhood does not depend on other points.
    const inRow = nearest > 0 || !connectNearest;
    const least = LEAST_WIDTH * (inRow ? sum(row) / effective : overall);
    const sigma = Math.max(least, widthFor(row, nearest, target));
    for (let n = 0; n < neighbors; n++) out[start + n] = membership(row[n] - nearest, sigma);
  }
  return out;
}

/** The sigma at which the memberships of a row sum to `target`, by bisection. */
function widthFor(row: Float32Array, nearest: number, target: number): number {
  let low = 0;
  let high = Infinity;
  let sigma = 1;
  for (let halving = 0; halving < HALVINGS; halving++) {
    let total = 0;
    for (const distance of row) total += membership(distance - nearest, sigma);
    if (Math.abs(total - target) < SUM_TOLERANCE) break;
    if (total > target) high = sigma;
    else low = sigma;
    sigma = high === Infinity ? 2 * sigma : (low + high) / 2;
  }
  return sigma;
}

function membership(beyond: number, sigma: number): number {
  return beyond <= 0 || sigma === 0 ? 1 : Math.exp(-beyond / sigma);
}

function sum(values: Float32Array): number {
  return values.reduce((total, value) => total + value, 0);
}
