/** Which bounds save comparisons; all give the same labels as comparing everything. */
export const PRUNINGS = ['none', 'hamerly', 'yinyang'] as const;
/**
 * - `none`: every point is compared with every centroid in every iteration (Lloyd)
 * - `hamerly`: one lower bound per point (Hamerly, SDM 2010)
 * - `yinyang`: one per point and group of centroids (Ding et al., ICML 2015); with groups of four or fewer it is Elkan's
 *   method (ICML 2003), four centroids at a time
 */
export type Pruning = (typeof PRUNINGS)[number];

/** The least bytes that a point's bounds take. */
export const LEAST_BOUND_BYTES = 8;
/** Centroids side by side in a vector. */
const PANEL = 4;
/** The most groups: a word of 64 bits has one bit for each. */
const MAX_GROUPS = 63;

/** Groups of centroids that share a lower bound. */
export interface BoundPlan {
  readonly groups: number;
  /** Panels of four centroids in each group; the last may have fewer. */
  readonly groupPanels: number;
  /** Bytes of a point's bounds, two for each bound; 0 without bounds. */
  readonly boundBytes: number;
}

/**
 * Chooses bounds by shape: as many groups as there is room for, none smaller than a panel of four centroids, which are
 * compared at once; three groups where there is no room at all. A single cluster needs no bounds. Measured in
 * docs/decisions/0043.
 *
 * @param roomPerPoint bytes that a point's bounds may take
 */
export function planBounds(roomPerPoint: number, clusters: number, pruning: Pruning): BoundPlan {
  const panels = Math.ceil(clusters / PANEL);
  if (pruning === 'none' || clusters === 1) return { groups: 1, groupPanels: panels, boundBytes: 0 };
  // One of the values is the upper bound.
  const room = 4 * Math.floor(Math.max(LEAST_BOUND_BYTES, roomPerPoint) / 8) - 1;
  const most = pruning === 'hamerly' ? 1 : Math.min(room, MAX_GROUPS);
  const groupPanels = Math.ceil(panels / most);
  const groups = Math.ceil(panels / groupPanels);
  return { groups, groupPanels, boundBytes: 8 * Math.ceil((groups + 1) / 4) };
}
