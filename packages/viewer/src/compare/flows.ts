import { alignedConfusionMatrix } from '@shoal/core';
import { contingencyOf } from '../data/contingency.ts';
import type { ClusteringData } from '../data/types.ts';

/** The most clusters of a run that are drawn. */
const MAX_CLUSTERS = 24;
/** Pixels between clusters, and the least height of one. */
const GAP = 6;
const LEAST = 2;

/** A cluster of a run, as a block at the side. */
export interface FlowBlock {
  readonly group: number;
  readonly size: number;
  readonly top: number;
  readonly height: number;
}

/** Rows that are in one cluster of the first run and in one of the second. */
export interface Flow {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Where it leaves the first run and enters the second, and its height. */
  readonly leaves: number;
  readonly enters: number;
  readonly height: number;
}

/** What moved where, from top to bottom. */
export interface Flows {
  readonly first: readonly FlowBlock[];
  readonly second: readonly FlowBlock[];
  readonly flows: readonly Flow[];
  /** Number of rows that are not drawn, because they are in smaller clusters. */
  readonly omitted: number;
}

/** Places of clusters and flows; matched clusters are beside each other as far as possible. */
export function placeFlows({ classes, clusters, count }: ClusteringData, height: number): Flows {
  if (classes === undefined) return { first: [], second: [], flows: [], omitted: count };
  const aligned = alignedConfusionMatrix.fromContingency(contingencyOf(classes, clusters), {
    most: MAX_CLUSTERS,
  });
  const { counts } = aligned;
  const rows = aligned.classes.map(Number);
  const columns = aligned.clusters.map((cluster) => (cluster === null ? undefined : Number(cluster)));
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  const ofRows = counts.map(sum);
  const ofColumns = columns.map((_, j) => sum(counts.map((row) => row[j])));
  const shown = sum(ofRows);
  const most = Math.max(rows.length, columns.length);
  const perRow = Math.max(0, height - GAP * (most - 1) - LEAST * most) / Math.max(1, shown);
  const first = stack(rows, ofRows, perRow);
  const second = stack(columns, ofColumns, perRow);
  const leaving = new Map(first.map(({ group, top }) => [group, top]));
  const entering = new Map(second.map(({ group, top }) => [group, top]));
  const flows = rows.flatMap((from, i) =>
    columns.flatMap((to, j): readonly Flow[] => {
      const moved = counts[i][j];
      const [leaves, enters] = [leaving.get(from), to === undefined ? undefined : entering.get(to)];
      if (to === undefined || moved === 0 || leaves === undefined || enters === undefined) return [];
      const own = moved * perRow;
      leaving.set(from, leaves + own);
      entering.set(to, enters + own);
      return [{ from, to, count: moved, leaves, enters, height: own }];
    }),
  );
  return { first, second, flows, omitted: count - shown };
}

function stack(
  groups: readonly (number | undefined)[],
  sizes: readonly number[],
  perRow: number,
): readonly FlowBlock[] {
  const blocks: FlowBlock[] = [];
  let top = 0;
  groups.forEach((group, i) => {
    if (group === undefined || sizes[i] === 0) return;
    const height = LEAST + sizes[i] * perRow;
    blocks.push({ group, size: sizes[i], top, height });
    top += height + GAP;
  });
  return blocks;
}
