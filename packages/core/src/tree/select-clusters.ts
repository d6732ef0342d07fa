import { NO_PARENT, type CondensedTree } from './condense.ts';
import { leavesOf } from './leaves-of.ts';

/** How clusters are chosen from a condensed tree. */
export const CLUSTER_SELECTIONS = ['excess-of-mass', 'leaf'] as const;
export type ClusterSelection = (typeof CLUSTER_SELECTIONS)[number];

/** Settings of the choice. */
export interface SelectionSettings {
  readonly clusterSelection: ClusterSelection;
  /** Clusters that begin at a smaller distance than this are not divided further; 0 for no limit. */
  readonly clusterSelectionEpsilon: number;
  /** Greatest number of points of a cluster; excess of mass takes the parts of larger ones. */
  readonly maxClusterSize: number;
  /** Whether the root may be a cluster. */
  readonly allowSingleCluster: boolean;
}

/**
 * Chooses clusters of a condensed tree, none of which contains another: those with the greatest excess of mass (Campello
 * et al. 2013), or the leaves. Clusters that begin below the distance `epsilon` are replaced by their nearest ancestor that
 * begins above it (Malzer & Baum, "A hybrid approach to hierarchical density-based cluster selection", MFI 2020).
 *
 * @returns their numbers in the tree, ascending
 */
export function selectClusters(tree: CondensedTree, settings: SelectionSettings): Uint32Array {
  const { clusterSelection, clusterSelectionEpsilon: epsilon, allowSingleCluster } = settings;
  const chosen = clusterSelection === 'leaf' ? leavesOf(tree) : withMostMass(tree, settings);
  // The root alone is not divided, so epsilon does not matter; as a leaf it is not a choice either.
  const isRoot = chosen.length === 1 && chosen[0] === 0;
  if (isRoot) return Uint32Array.from(clusterSelection === 'leaf' || !allowSingleCluster ? [] : chosen);
  if (epsilon === 0) return Uint32Array.from(chosen);
  const lifted = new Set(chosen.map((cluster) => liftAbove(epsilon, cluster, tree, allowSingleCluster)));
  return Uint32Array.from(lifted)
    .filter((cluster) => !hasAncestorIn(lifted, cluster, tree))
    .sort();
}

function withMostMass(
  tree: CondensedTree,
  { maxClusterSize, allowSingleCluster }: SelectionSettings,
): number[] {
  const { clusters, parents, stabilities } = tree;
  const sizes = selectableSizes(tree);
  const below = new Float64Array(clusters);
  const isBest = new Uint8Array(clusters);
  // Parents come before their children, so this goes up.
  for (let cluster = clusters - 1; cluster >= 0; cluster--) {
    const parent = parents[cluster];
    const mayBe = parent !== NO_PARENT || allowSingleCluster;
    const keeps = mayBe && below[cluster] <= stabilities[cluster] && sizes[cluster] <= maxClusterSize;
    isBest[cluster] = keeps ? 1 : 0;
    if (parent !== NO_PARENT) below[parent] += keeps ? stabilities[cluster] : below[cluster];
  }
  const covered = new Uint8Array(clusters);
  const chosen: number[] = [];
  for (let cluster = 0; cluster < clusters; cluster++) {
    const parent = parents[cluster];
    const isCovered = parent !== NO_PARENT && covered[parent] === 1;
    covered[cluster] = isCovered || isBest[cluster] === 1 ? 1 : 0;
    if (!isCovered && isBest[cluster] === 1) chosen.push(cluster);
  }
  return chosen;
}

/** Sizes; of the root, as scikit-learn and hdbscan count it, only the points that are in its children. */
function selectableSizes({ sizes, parents }: CondensedTree): Uint32Array {
  const counted = sizes.slice();
  counted[0] = parents.reduce((sum, parent, cluster) => (parent === 0 ? sum + sizes[cluster] : sum), 0);
  return counted;
}

/** The cluster, or its nearest ancestor that begins above a distance; below the root, unless that may be a cluster. */
function liftAbove(
  epsilon: number,
  cluster: number,
  { parents, births }: CondensedTree,
  allowSingleCluster: boolean,
): number {
  if (1 / births[cluster] >= epsilon) return cluster;
  let at = cluster;
  do {
    if (parents[at] === 0) return allowSingleCluster ? 0 : at;
    at = parents[at];
  } while (1 / births[at] <= epsilon);
  return at;
}

function hasAncestorIn(chosen: ReadonlySet<number>, cluster: number, { parents }: CondensedTree): boolean {
  for (let at = parents[cluster]; at !== NO_PARENT; at = parents[at]) if (chosen.has(at)) return true;
  return false;
}
