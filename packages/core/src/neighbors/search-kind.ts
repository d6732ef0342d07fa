/**
 * How neighbors are found: `exact` compares every pair of points, on the engine; `nn-descent` finds most of them, on
 * one thread of the host, in time that grows little faster than the number of points. It is useful for more than some
 * hundred thousand points of many columns without a GPU.
 */
export type NeighborSearchKind = 'exact' | 'nn-descent';

export const NEIGHBOR_SEARCHES: readonly NeighborSearchKind[] = ['exact', 'nn-descent'];
