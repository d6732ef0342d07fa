import { NO_PARENT, type CondensedTree } from './condense.ts';

/**
 * GLOSH outlier scores, 0 to 1, the higher the more of an outlier: how much earlier a point leaves than the last point of
 * the densest cluster below the one that it leaves (Campello et al., "Hierarchical density estimates for data clustering,
 * visualization, and outlier detection", ACM TKDD 10(1), 2015).
 *
 * @returns N values
 */
export function outlierScores(tree: CondensedTree): Float64Array {
  const { pointClusters, pointLevels } = tree;
  const ends = lastLevels(tree);
  return Float64Array.from(pointLevels, (level, point) => {
    const end = ends[pointClusters[point]];
    if (end === 0 || level === Infinity) return 0;
    return end === Infinity ? 1 : (end - level) / end;
  });
}

/** The level at which the last point leaves each cluster or a cluster below it, C values. */
function lastLevels({ clusters, parents, deaths }: CondensedTree): Float64Array {
  const ends = deaths.slice();
  for (let cluster = clusters - 1; cluster > 0; cluster--) {
    const parent = parents[cluster];
    if (parent !== NO_PARENT) ends[parent] = Math.max(ends[parent], ends[cluster]);
  }
  return ends;
}
