/** Which comparisons bounds spare; all give the labels of comparing everything. */
export const PRUNINGS = ['none', 'hamerly', 'yinyang'] as const;
/**
 * - `none`: every point is compared with every centroid in every iteration (Lloyd)
 * - `hamerly`: one lower bound per point (Hamerly, SDM 2010)
 * - `yinyang`: one per point and group of centroids (Ding et al., ICML 2015); with groups of four or fewer it is
 *   what Elkan (ICML 2003) would do four centroids at a time
 */
export type Pruning = (typeof PRUNINGS)[number];

/** Bounds take this share of the memory of the points at most, or 8 bytes a point where that is more. */
const SHARE = 0.2;
/** Centroids side by side in a vector. */
const PANEL = 4;
/** Groups that one bit each of 64 can name, beside the upper bound. */
const MOST_GROUPS = 63;

/** Groups of centroids that share a lower bound. */
export interface BoundPlan {
  readonly groups: number;
  /** Panels of four centroids in each group; the last may have fewer. */
  readonly groupPanels: number;
  /** Bytes of a point's bounds, two for each; 0 when there are none. */
  readonly boundBytes: number;
}

/**
 * Chooses bounds by shape: as many groups as the memory allows, none smaller than a panel of four centroids, which are
 * compared at once. A single cluster needs no bounds. Measured in docs/decisions/0043.
 *
 * @param rowBytes bytes of a point
 */
export function planBounds(rowBytes: number, clusters: number, pruning: Pruning): BoundPlan {
  const panels = Math.ceil(clusters / PANEL);
  if (pruning === 'none' || clusters === 1) return { groups: 1, groupPanels: panels, boundBytes: 0 };
  // One of the numbers is the upper bound.
  const room = 4 * Math.floor(Math.max(8, SHARE * rowBytes) / 8) - 1;
  const most = pruning === 'hamerly' ? 1 : Math.min(room, MOST_GROUPS);
  const groupPanels = Math.ceil(panels / most);
  const groups = Math.ceil(panels / groupPanels);
  return { groups, groupPanels, boundBytes: 8 * Math.ceil((groups + 1) / 4) };
}
