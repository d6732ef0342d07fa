import { defaultBalancedCut } from './options.ts';

const PIECES_PER_CLUSTER = 20;
/** More pieces are made only where there are so many clusters that each needs its two. */
const ENOUGH_PIECES = 4000;
const FEWEST_PER_CLUSTER = 2;
/** Visits in a cooling at most: what 200 pieces get, those of ten clusters. One visit takes as long as there are pieces and clusters. */
const MOST_VISITS = 200 * defaultBalancedCut.sweeps;

/** How many pieces so many clusters are made of, unless told otherwise. */
export function piecesFor(clusters: number): number {
  return Math.max(Math.min(PIECES_PER_CLUSTER * clusters, ENOUGH_PIECES), FEWEST_PER_CLUSTER * clusters);
}

/** How often a cooling visits each of so many pieces, unless told otherwise: its time grows with them, and not with their square. */
export function sweepsFor(pieces: number): number {
  return Math.max(1, Math.min(defaultBalancedCut.sweeps, Math.round(MOST_VISITS / pieces)));
}
