import type { CondensedViewTree } from '../data/view-tree.ts';
import { pointsOfBranch } from './branches.ts';

/** The levels that a picture of a condensed tree shows; places in it are by their logarithm. */
export interface LevelScale {
  readonly low: number;
  readonly high: number;
}

/** Share of the points of the root that may have left it before the picture begins. */
const EARLY = 0.01;

/** The levels of a branch and of what is below it. */
export function levelScale(tree: CondensedViewTree, root: number): LevelScale {
  const { births, deaths } = tree;
  const low = root === 0 ? lowOf(tree) : births[root];
  const finite = pointsOfBranch(tree, root).reduce(
    (most, point) => (tree.levels[point] < Infinity ? Math.max(most, tree.levels[point]) : most),
    0,
  );
  const last = Math.max(finite, deaths[root] < Infinity ? deaths[root] : 0);
  if (!(low > 0) || !(last > low)) return { low: low > 0 ? low : 1, high: 2 * (low > 0 ? low : 1) };
  // The last points leave a little above the end, and equal points never do.
  return { low, high: last * (last / low) ** 0.04 };
}

/** Outliers that leave very early would take most of the picture. */
function lowOf({ levels, deaths }: CondensedViewTree): number {
  const sorted = levels.filter((level) => level > 0 && level < Infinity).sort();
  const early = sorted.length === 0 ? 1 : sorted[Math.floor(EARLY * sorted.length)];
  return Math.min(early, deaths[0] < Infinity ? 0.9 * deaths[0] : early);
}

/** Where a level is, from 0 to 1. */
export function shareOfLevel({ low, high }: LevelScale, level: number): number {
  if (!(level > low)) return 0;
  return level >= high ? 1 : Math.log(level / low) / Math.log(high / low);
}

/** The level at a place; the opposite of `shareOfLevel`. */
export function levelAt({ low, high }: LevelScale, share: number): number {
  return low * (high / low) ** share;
}
