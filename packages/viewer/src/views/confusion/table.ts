import {
  adjustedRandIndex,
  alignedConfusionMatrix,
  clusteringAccuracy,
  normalizedMutualInformation,
} from '@shoal/core';
import type { ClusteringData, Classes } from '../../data/types.ts';
import { contingencyOf } from '../../data/contingency.ts';
import { integer } from '../../interaction/describe.ts';

/** How classes and clusters overlap, laid out so that matched ones are on the diagonal. */
export interface ConfusionTable {
  /** Names of the classes: the rows. */
  readonly classes: readonly string[];
  /** Their numbers in the data. */
  readonly numbers: readonly number[];
  /** Rows of data in each class. */
  readonly totals: readonly number[];
  /** Clusters in the order of the columns; a class without a match has none at its place. */
  readonly columns: readonly (number | undefined)[];
  /** `counts[i][j]` rows of class i in the cluster of column j. */
  readonly counts: readonly (readonly number[])[];
  /** What the table leaves out, for people; absent where it is whole. */
  readonly omitted?: string | undefined;
  readonly scores: readonly { readonly name: string; readonly title: string; readonly value: number }[];
}

/** Rows and columns of the table at most: of more classes than that, the largest. */
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
        title: 'Normalised mutual information, arithmetic average',
        value: normalizedMutualInformation.fromContingency(table),
      },
      { name: 'ARI', title: 'Adjusted Rand index', value: adjustedRandIndex.fromContingency(table) },
    ],
  };
}

/** The points shown that are of a class and in a cluster, ascending. */
export function pointsOfCell(data: ClusteringData, classNumber: number, cluster: number): number[] {
  const points: number[] = [];
  data.labels.forEach((label, point) => {
    if (label === cluster && data.classes?.labels[point] === classNumber) points.push(point);
  });
  return points;
}
