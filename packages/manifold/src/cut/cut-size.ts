import { defaultBalancedCut } from './options.ts';

const PIECES_PER_CLUSTER = 20;
/** Greatest number of pieces, unless there are so many clusters that two for each are more. */
const ENOUGH_PIECES = 4000;
const FEWEST_PER_CLUSTER = 2;
/** The number of pieces of ten clusters. Up to it, all coolings have their full length. */
const FEW_PIECES = 200;

/** The default number of pieces for a number of clusters. */
export function piecesFor(clusters: number): number {
  return Math.max(Math.min(PIECES_PER_CLUSTER * clusters, ENOUGH_PIECES), FEWEST_PER_CLUSTER * clusters);
}

/**
 * Default numbers of coolings, and of visits of every piece in each. A sweep visits all pieces, and the time of a visit
 * grows with pieces and clusters. Both numbers fall with the square root of the pieces, so that the total time does not
 * grow with the square.
 */
export function effortFor(pieces: number): { readonly nInit: number; readonly sweeps: number } {
  const part = Math.min(1, Math.sqrt(FEW_PIECES / pieces));
  return {
    nInit: Math.max(1, Math.round(part * defaultBalancedCut.nInit)),
    sweeps: Math.max(1, Math.round(part * defaultBalancedCut.maxIterations)),
  };
}
