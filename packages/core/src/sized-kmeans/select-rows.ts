import type { SizeLimits } from './size-limits.ts';

/** Points that are assigned again for each point too many or missing, and for each cluster. */
const PER_MISPLACED = 8;
const PER_CLUSTER = 64;

/** Points to assign again, in ascending order, and the limits that the others leave to them. */
export interface Selection {
  readonly chosen: Uint32Array;
  readonly limits: SizeLimits;
}

/**
 * Chooses the points that are most nearly undecided: enough of them that sizes can come within the limits.
 *
 * @param margins how much more the second choice of each point would cost, N values
 */
export function selectRows(labels: Uint32Array, margins: Float64Array, limits: SizeLimits): Selection {
  const clusters = limits.least.length;
  const sizes = new Int32Array(clusters);
  for (const label of labels) sizes[label]++;
  let misplaced = 0;
  sizes.forEach((size, k) => {
    misplaced += Math.max(0, size - limits.most[k], limits.least[k] - size);
  });
  const order = Float64Array.from(margins).sort();
  let count = PER_MISPLACED * misplaced + PER_CLUSTER * clusters;
  for (;;) {
    const threshold = count >= order.length ? Infinity : order[count];
    const chosen = Uint32Array.from(labels.keys()).filter((row) => margins[row] <= threshold);
    const left = limitsLeft(labels, sizes, chosen, limits);
    if (left) return { chosen, limits: left };
    count *= 2;
  }
}

/** The limits for the chosen points; undefined when they are too few to keep them. */
function limitsLeft(
  labels: Uint32Array,
  sizes: Int32Array,
  chosen: Uint32Array,
  limits: SizeLimits,
): SizeLimits | undefined {
  const fixed = sizes.slice();
  for (const row of chosen) fixed[labels[row]]--;
  const least = limits.least.map((value, k) => Math.max(0, value - fixed[k]));
  const most = limits.most.map((value, k) => value - fixed[k]);
  const needed = least.reduce((sum, value) => sum + value, 0);
  return most.every((value) => value >= 0) && needed <= chosen.length ? { least, most } : undefined;
}
