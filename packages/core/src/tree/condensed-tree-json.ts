import type { CondensedTree } from './condense.ts';

/** A cluster of a condensed tree. */
export interface CondensedClusterJson {
  /** Number in the tree; parents come before their children. */
  readonly cluster: number;
  /** null for the root. */
  readonly parent: number | null;
  /** Distance at which it begins; null for the root, which has no greatest distance. */
  readonly begins: number | null;
  /** Distance at which it loses its last point or divides. */
  readonly ends: number;
  /** Number of points that it begins with. */
  readonly size: number;
  /** Excess of mass; null where points are equal, which makes it infinite. */
  readonly stability: number | null;
  /** Its label, if it was chosen; else null. */
  readonly label: number | null;
}

/**
 * The clusters of a condensed tree as data of JSON.
 *
 * @param chosen clusters in the order of their labels
 */
export function condensedTreeJson(tree: CondensedTree, chosen: Uint32Array): readonly CondensedClusterJson[] {
  const { clusters, parents, births, deaths, sizes, stabilities } = tree;
  const labelOf = new Map(Array.from(chosen, (cluster, label) => [cluster, label]));
  return Array.from({ length: clusters }, (_, cluster) => ({
    cluster,
    parent: cluster === 0 ? null : parents[cluster],
    begins: cluster === 0 ? null : 1 / births[cluster],
    ends: deaths[cluster] === 0 ? 0 : 1 / deaths[cluster],
    size: sizes[cluster],
    stability: Number.isFinite(stabilities[cluster]) ? stabilities[cluster] : null,
    label: labelOf.get(cluster) ?? null,
  }));
}
