import { countTails } from './chance.ts';

/** How the part of rows of one kind differs between a cluster and the others. */
export interface ShareEffect {
  readonly effect: number;
  readonly share: number;
  readonly overall: number;
  readonly others: number;
  readonly lift: number;
  /** How likely a random group of this size differs as much. */
  readonly chance: () => number;
}

/**
 * @param found rows of the kind in the cluster
 * @param size rows in the cluster
 * @param kind rows of the kind in the table
 * @param rows rows in the table
 */
export function shareEffect(
  found: number,
  size: number,
  kind: number,
  rows: number,
): ShareEffect | undefined {
  if (size === 0 || size === rows || kind === 0 || kind === rows) return undefined;
  const share = found / size;
  const overall = kind / rows;
  const others = (kind - found) / (rows - size);
  return {
    effect: (share - others) / Math.sqrt(overall * (1 - overall)),
    share,
    overall,
    others,
    lift: share / overall,
    chance: () => countTails(found, size, kind, rows),
  };
}
