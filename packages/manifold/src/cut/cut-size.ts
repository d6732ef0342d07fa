import { defaultBalancedCut } from './options.ts';

const PIECES_PER_CLUSTER = 20;
/** More pieces are made only where there are so many clusters that each needs its two. */
const ENOUGH_PIECES = 4000;
const FEWEST_PER_CLUSTER = 2;
/** Those of ten clusters, up to which all coolings go their whole way. */
const FEW_PIECES = 200;

/** How many pieces so many clusters are made of, unless told otherwise. */
export function piecesFor(clusters: number): number {
  return Math.max(Math.min(PIECES_PER_CLUSTER * clusters, ENOUGH_PIECES), FEWEST_PER_CLUSTER * clusters);
}

/**
 * Coolings, and visits of every piece in each, unless told otherwise. A sweep visits all pieces, and a visit takes as long as there are
 * pieces and clusters: so that the time does not grow with the square of them, both numbers fall with the root.
 */
export function effortFor(pieces: number): { readonly nInit: number; readonly sweeps: number } {
  const part = Math.min(1, Math.sqrt(FEW_PIECES / pieces));
  return {
    nInit: Math.max(1, Math.round(part * defaultBalancedCut.nInit)),
    sweeps: Math.max(1, Math.round(part * defaultBalancedCut.maxIterations)),
  };
}
