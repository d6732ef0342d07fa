import { alignedConfusionMatrix } from '@shoal/core';
import { joinPoints } from '../compare/join-runs.ts';
import { contingencyOf } from '../data/contingency.ts';
import type { ClusteringData } from '../data/types.ts';
import type { RunComparison } from '../state/runs.ts';

/**
 * Compares two runs of the same points. Clusters are matched one to one, so that as many points as possible stay in their
 * cluster; a cluster that none is matched to has only points that moved.
 *
 * @returns nothing when their table would be too large
 */
export function compareRuns(before: ClusteringData, shown: ClusteringData): RunComparison | undefined {
  const { data } = joinPoints(before, shown);
  const { classes, labels, clusters } = data;
  if (classes === undefined) return undefined;
  const aligned = alignedConfusionMatrix.fromContingency(contingencyOf(classes, clusters));
  const matched = new Map(aligned.classes.map((group, i) => [Number(group), aligned.clusters[i]]));
  const codes = new Int32Array(labels.length);
  for (let point = 0; point < codes.length; point++) {
    codes[point] = matched.get(classes.labels[point]) === labels[point] ? 0 : 1;
  }
  return { data, moved: { type: 'text', name: 'Moved between the runs', texts: ['stayed', 'moved'], codes } };
}
