import type { ViewTree } from '../data/view-tree.ts';
import { quantity } from '../views/shared/format.ts';

/** Where a branch begins and ends, in words; nothing for a single row. */
export function branchPlace(tree: ViewTree, branch: number): readonly string[] {
  switch (tree.kind) {
    case 'condensed-tree': {
      const end = quantity(1 / tree.deaths[branch], 3);
      if (branch === 0) return [`until distance ${end}`];
      return [`distance ${quantity(1 / tree.births[branch], 3)} to ${end}`];
    }
    case 'dendrogram': {
      const height = tree.heights[branch];
      return height === 0 ? [] : [`joined at distance ${quantity(height, 3)}`];
    }
    case 'splits':
      return [`inertia ${quantity(tree.heights[branch], 3)}`];
  }
}
