import type { Classes, ClusteringData } from '../data/types.ts';
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
  const colors = classes?.names.length ?? data.clusters;
  const sizes =
    data.count === data.total
      ? countLabels(classes?.labels ?? data.labels, data.count, colors)
      : rowsOf(data, classes);
  return {
    labels: classes?.labels ?? data.labels,
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

/**
 * How many points have each label; the last number is of all others.
 *
 * @param passing 1 for each point that counts; default all
 */
export function countLabels(
  labels: ArrayLike<number>,
  count: number,
  groups: number,
  passing?: Uint8Array,
): Uint32Array {
  const sizes = new Uint32Array(groups + 1);
  for (let point = 0; point < count; point++) {
    const label = labels[point];
    if (passing?.[point] !== 0) sizes[label >= 0 && label < groups ? label : groups]++;
  }
  return sizes;
}

/** The same for all rows, where only some of them are shown: as the cards count them. */
function rowsOf({ summaries, clusters, total }: ClusteringData, classes: Classes | undefined): Uint32Array {
  const groups = classes?.names.length ?? clusters;
  const sizes = new Uint32Array(groups + 1);
  if (classes === undefined) for (const { cluster, size } of summaries) sizes[cluster] = size;
  else classes.counts.forEach((count, cell) => (sizes[cell % groups] += count));
  sizes[groups] = total - sizes.reduce((sum, size) => sum + size, 0);
  return sizes;
}
