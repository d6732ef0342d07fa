import type { ClusteringData } from '../data/types.ts';
import type { Grouping } from '../state/grouping.ts';

type GroupedBy = 'cluster' | 'class';

const groupings = new WeakMap<ClusteringData, Partial<Record<GroupedBy, Grouping>>>();

/** The clusters or the classes as groups of one color each. They are counted once for each `data`. */
export function groupingOf(data: ClusteringData, by: GroupedBy): Grouping {
  const known = groupings.get(data) ?? {};
  groupings.set(data, known);
  known[by] ??= makeGrouping(data, by);
  return known[by];
}

/** The name of a cluster: "Cluster 3", or "Cluster 3: Gentoo" where it has a name of its own. */
export function clusterName(data: ClusteringData, label: number): string {
  return label < data.clusters ? `Cluster ${clusterTag(data, label)}` : 'No cluster';
}

/** A cluster where the word is not needed: "3", or "3: Gentoo". */
export function clusterTag(data: ClusteringData, label: number): string {
  const name = data.clusterNames?.[label];
  return name === undefined ? String(label) : `${label}: ${name}`;
}

/** The name of a point's true class; undefined when it is not known. */
export function className(data: ClusteringData, point: number): string | undefined {
  const { classes } = data;
  return classes?.names[classes.labels[point]];
}

/** A cluster at the head of a card or a row of the legend: "Cluster 3", or "3: Gentoo". */
export function clusterTitle(data: ClusteringData, cluster: number): string {
  const isNamed = data.clusterNames?.[cluster] !== undefined;
  return isNamed ? clusterTag(data, cluster) : clusterName(data, cluster);
}

function makeGrouping(data: ClusteringData, by: GroupedBy): Grouping {
  const classes = by === 'class' ? data.classes : undefined;
  const labels = classes?.labels ?? data.labels;
  const colors = classes?.names.length ?? data.clusters;
  const sizes = new Uint32Array(colors + 1);
  for (let point = 0; point < data.count; point++) sizes[Math.min(labels[point], colors)]++;
  return {
    labels,
    colors,
    groups: Array.from({ length: colors }, (_, group) => ({
      group,
      name: classes?.names[group] ?? clusterTitle(data, group),
      size: sizes[group],
    })),
    without: sizes[colors],
    lacking: by,
  };
}
