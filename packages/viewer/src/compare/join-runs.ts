import { ShapeError } from '@shoal/core';
import { countClasses } from '../data/classes.ts';
import type { ClusteringData } from '../data/types.ts';
import { integer } from '../interaction/describe.ts';
import { clusterTitle } from '../interaction/groups.ts';
import { pointOfRow, rowOf } from '../interaction/rows.ts';

/** The rows that two runs show both: points of the second run, whose classes are the clusters of the first. */
export interface JoinedRuns {
  readonly data: ClusteringData;
  /** Number of clusters of each run; a group of rows without a cluster comes last, and is not counted. */
  readonly clusters: readonly [first: number, second: number];
}

const NONE = 'No cluster';

/**
 * Puts two runs of the same rows together. Rows without a cluster are a group of their own. Rows that only one of the runs shows
 * are left out, and the notes say how many are compared.
 *
 * @throws {ShapeError} when the runs are of other numbers of rows, or show no row in common
 */
export function joinRuns(first: ClusteringData, second: ClusteringData): JoinedRuns {
  if (first.total !== second.total) {
    throw new ShapeError(
      `The runs have ${integer(first.total)} and ${integer(second.total)} rows. Compare two runs of the same rows.`,
    );
  }
  const joined = joinPoints(first, second);
  const { count } = joined.data;
  if (count === 0) throw new ShapeError('The runs show no row in common. Compare two runs of the same rows.');
  if (count === first.total) return joined;
  const notes = [
    `${integer(count)} of ${integer(first.total)} rows are compared: those that both runs show.`,
  ];
  return { ...joined, data: { ...joined.data, notes } };
}

/** The same for the rows that both show, whatever others they were fitted to; maybe none. */
export function joinPoints(first: ClusteringData, second: ClusteringData): JoinedRuns {
  const { ones, others, rows } = commonPoints(first, second);
  const ofFirst = ones.map((one) => Math.min(first.labels[one], first.clusters));
  const labels = others.map((other) => Math.min(second.labels[other], second.clusters));
  const groups = labels.includes(second.clusters) ? second.clusters + 1 : second.clusters;
  const names = namesOf(first, ofFirst.includes(first.clusters));
  const classes = countClasses({ labels: ofFirst, names }, labels, groups);
  const sizes = new Uint32Array(groups);
  for (const label of labels) sizes[label]++;
  const positions = new Float32Array(2 * rows.length);
  for (let i = 0; i < positions.length; i++) positions[i] = second.positions[2 * others[i >> 1] + (i & 1)];
  const data: ClusteringData = {
    count: rows.length,
    total: rows.length,
    rows,
    positions,
    projection: second.projection,
    clusters: groups,
    clusterNames: groups > second.clusters ? [...namesBySecond(second), NONE] : second.clusterNames,
    labels,
    classes,
    summaries: Array.from(sizes, (size, cluster) => ({ cluster, size, nearest: [], farthest: [] })),
    history: [],
    metrics: {},
    title: '',
    notes: [],
  };
  return { data, clusters: [first.clusters, second.clusters] };
}

/** The rows that both show, and the point of each in both. */
function commonPoints(
  first: ClusteringData,
  second: ClusteringData,
): { readonly rows: Uint32Array; readonly ones: Uint32Array; readonly others: Uint32Array } {
  const rows = new Uint32Array(first.count);
  const ones = new Uint32Array(first.count);
  const others = new Uint32Array(first.count);
  let count = 0;
  for (let one = 0; one < first.count; one++) {
    const row = rowOf(first, one);
    const other = pointOfRow(second, row);
    if (other === undefined) continue;
    rows[count] = row;
    ones[count] = one;
    others[count++] = other;
  }
  return { rows: rows.slice(0, count), ones: ones.slice(0, count), others: others.slice(0, count) };
}

function namesOf(data: ClusteringData, hasNone: boolean): readonly string[] {
  const names = Array.from({ length: data.clusters }, (_, cluster) => clusterTitle(data, cluster));
  return hasNone ? [...names, NONE] : names;
}

function namesBySecond({ clusterNames, clusters }: ClusteringData): readonly (string | undefined)[] {
  return Array.from({ length: clusters }, (_, cluster) => clusterNames?.[cluster]);
}

/** The points of a cell, or of a whole cluster of one of the runs; undefined means all. */
export function pointsOfFlow(
  { labels, classes }: ClusteringData,
  from: number | undefined,
  to: number | undefined,
): Uint32Array {
  const points: number[] = [];
  labels.forEach((label, point) => {
    if ((from === undefined || classes?.labels[point] === from) && (to === undefined || label === to))
      points.push(point);
  });
  return Uint32Array.from(points);
}
