import {
  adjustedRandIndex,
  alignedConfusionMatrix,
  clusteringAccuracy,
  normalizedMutualInformation,
} from '@shoal/core';
import type { ClusteringData, Classes } from '../../data/types.ts';
import { contingencyOf } from '../../data/contingency.ts';
import { integer } from '../../interaction/describe.ts';

/** How classes and clusters overlap, ordered so that matched ones are on the diagonal. */
export interface ConfusionTable {
  /** Names of the classes: the rows. */
  readonly classes: readonly string[];
  /** The numbers of the classes in the data. */
  readonly numbers: readonly number[];
  /** Number of rows in each class. */
  readonly totals: readonly number[];
  /** Clusters in the order of the columns; undefined at the place of a class without a match. */
  readonly columns: readonly (number | undefined)[];
  /** `counts[i][j]` is the number of rows of class i in the cluster of column j. */
  readonly counts: readonly (readonly number[])[];
  /** A note on what the table leaves out; absent if it is complete. */
  readonly omitted?: string | undefined;
  readonly scores: readonly { readonly name: string; readonly title: string; readonly value: number }[];
}

/** The most rows and columns of the table; with more classes, it shows the largest. */
const MOST_SHOWN = 200;

/** Aligned by the Hungarian method, over all rows that were clustered. */
export function confusionTable({ clusters }: ClusteringData, classes: Classes): ConfusionTable {
  const table = contingencyOf(classes, clusters);
  const aligned = alignedConfusionMatrix.fromContingency(table, { most: MOST_SHOWN });
  const numbers = aligned.classes.map(Number);
  const { omitted } = aligned;
  return {
    classes: numbers.map((number) => classes.names[number]),
    numbers,
    totals: numbers.map((number) => table.classSizes[number]),
    columns: aligned.clusters.map((cluster) => (cluster === null ? undefined : Number(cluster))),
    counts: aligned.counts,
    omitted:
      omitted &&
      `The largest are shown. Left out: classes ${integer(omitted.classes)}, clusters ${integer(omitted.clusters)}.`,
    scores: [
      {
        name: 'Accuracy',
        title: 'Share of rows in the cluster of their class, under the best one-to-one matching',
        value: clusteringAccuracy.fromContingency(table),
      },
      {
        name: 'NMI',
        title: 'Normalized mutual information, arithmetic average',
        value: normalizedMutualInformation.fromContingency(table),
      },
      { name: 'ARI', title: 'Adjusted Rand index', value: adjustedRandIndex.fromContingency(table) },
    ],
  };
}

/** The shown points of a class in a cluster, ascending. */
export function pointsOfCell(data: ClusteringData, classNumber: number, cluster: number): number[] {
  const points: number[] = [];
  data.labels.forEach((label, point) => {
    if (label === cluster && data.classes?.labels[point] === classNumber) points.push(point);
  });
  return points;
}
