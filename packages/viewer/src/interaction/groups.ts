import type { ClusteringData } from '../data/types.ts';
import type { ColorBy } from '../state/viewer-state.ts';

/** Points that share a color: a cluster, or a class. */
export interface Group {
  readonly group: number;
  readonly name: string;
  /** Number of shown points in it. */
  readonly size: number;
}

/** How points are colored. */
export interface Grouping {
  /** Group of each point; `groups.length` or more means no group. */
  readonly labels: Uint32Array;
  readonly groups: readonly Group[];
  /** Number of points without a group. */
  readonly without: number;
}

const groupings = new WeakMap<ClusteringData, Partial<Record<ColorBy, Grouping>>>();

/** The groups that give points their colors. They are counted once for each `data`. */
export function groupingOf(data: ClusteringData, colorBy: ColorBy): Grouping {
  const known = groupings.get(data) ?? {};
  groupings.set(data, known);
  known[colorBy] ??= makeGrouping(data, colorBy);
  return known[colorBy];
}

/** The name of a cluster. */
export function clusterName(data: ClusteringData, label: number): string {
  return label < data.clusters ? `Cluster ${label}` : 'No cluster';
}

/** The name of a point's true class; undefined when it is not known. */
export function className(data: ClusteringData, point: number): string | undefined {
  const { classes } = data;
  return classes?.names[classes.labels[point]];
}

function makeGrouping(data: ClusteringData, colorBy: ColorBy): Grouping {
  const classes = colorBy === 'class' ? data.classes : undefined;
  const labels = classes?.labels ?? data.labels;
  const count = classes?.names.length ?? data.clusters;
  const sizes = new Uint32Array(count + 1);
  for (let point = 0; point < data.count; point++) sizes[Math.min(labels[point], count)]++;
  return {
    labels,
    groups: Array.from({ length: count }, (_, group) => ({
      group,
      name: classes?.names[group] ?? clusterName(data, group),
      size: sizes[group],
    })),
    without: sizes[count],
  };
}
