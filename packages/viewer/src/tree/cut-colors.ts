import type { ClusteringData } from '../data/types.ts';
import type { Grouping } from '../state/grouping.ts';
import { groupColors } from '../theme/group-colors.ts';
import { makePalette } from '../theme/palettes.ts';
import type { ViewCut } from './cut-tree.ts';

/**
 * Colors of the clusters of a cut: each has the color of the shown cluster with which it shares most points, the largest
 * overlap first; others get colors of their own.
 */
export function cutColors(data: ClusteringData, cut: ViewCut): NonNullable<Grouping['paletteOn']> {
  const own = matches(data, cut);
  return (background, name) => {
    const { clusters } = groupColors(data, name, background);
    const used = new Set(own.map((cluster) => (cluster === undefined ? '' : String(clusters[cluster]))));
    const spare = makePalette({ count: clusters.length + cut.clusters, name, background }).filter(
      (color) => !used.has(String(color)),
    );
    return own.map((cluster) => (cluster === undefined ? spare.shift() : clusters[cluster]) ?? background);
  };
}

/** The shown cluster whose color each cluster of the cut has. */
function matches({ labels, clusters }: ClusteringData, cut: ViewCut): readonly (number | undefined)[] {
  const shared = new Map<number, number>();
  cut.labels.forEach((label, point) => {
    if (label >= cut.clusters || labels[point] >= clusters) return;
    const cell = label * clusters + labels[point];
    shared.set(cell, (shared.get(cell) ?? 0) + 1);
  });
  const own = new Array<number | undefined>(cut.clusters).fill(undefined);
  const taken = new Set<number>();
  for (const [cell] of [...shared].sort(([a, more], [b, less]) => less - more || a - b)) {
    const label = Math.floor(cell / clusters);
    const cluster = cell % clusters;
    if (own[label] !== undefined || taken.has(cluster)) continue;
    own[label] = cluster;
    taken.add(cluster);
  }
  return own;
}
