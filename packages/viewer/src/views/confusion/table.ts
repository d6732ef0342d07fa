import {
  adjustedRandIndex,
  alignedConfusionMatrix,
  clusteringAccuracy,
  normalizedMutualInformation,
} from '@shoal/core';
import type { ClusteringData, Classes } from '../../data/types.ts';
import { contingencyOf } from '../../data/contingency.ts';

/** How classes and clusters overlap, laid out so that matched ones are on the diagonal. */
export interface ConfusionTable {
  /** Names of the classes: the rows. */
  readonly classes: readonly string[];
  /** Rows of data in each class. */
  readonly totals: readonly number[];
  /** Clusters in the order of the columns; a class without a match has none at its place. */
  readonly columns: readonly (number | undefined)[];
  /** `counts[i][j]` rows of class i in the cluster of column j. */
  readonly counts: readonly (readonly number[])[];
  readonly scores: readonly { readonly name: string; readonly title: string; readonly value: number }[];
}

/** Aligned by the Hungarian method, over all rows that were clustered. */
export function confusionTable({ clusters }: ClusteringData, classes: Classes): ConfusionTable {
  const table = contingencyOf(classes, clusters);
  const aligned = alignedConfusionMatrix.fromContingency(table);
  return {
    classes: classes.names,
    totals: Array.from(table.classSizes),
    columns: aligned.clusters.map((cluster) => (cluster === null ? undefined : Number(cluster))),
    counts: aligned.counts,
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
