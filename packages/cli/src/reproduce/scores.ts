import { clusteringAccuracy, clusteringReport, contingencyTable, type ConfusionMatrix } from '@shoal/core';

/** Scores of one labeling against the classes; keys are stable API. */
export interface Scores {
  readonly accuracy: number;
  readonly purity: number;
  readonly ari: number;
  readonly ami: number;
  readonly nmi: Readonly<Record<NmiAverage, number>>;
  /** Rows are classes; column i is the cluster matched to class i, so that the diagonal is what accuracy counts. */
  readonly confusion: readonly (readonly number[])[];
  /** The cluster of each column of `confusion`; null where no cluster was matched with the class. */
  readonly confusionClusters: ConfusionMatrix['clusters'];
}

type NmiAverage = 'arithmetic' | 'geometric' | 'min' | 'max';

/** A score over several seeds: mean, sample standard deviation and every value. */
export interface Spread {
  readonly mean: number;
  readonly sd: number;
  readonly values: readonly number[];
}

/** Scores over several seeds; the confusion matrix is the picked run's. */
export interface SpreadScores {
  readonly accuracy: Spread;
  readonly purity: Spread;
  readonly ari: Spread;
  readonly ami: Spread;
  readonly nmi: Readonly<Record<NmiAverage, Spread>>;
  readonly confusion: readonly (readonly number[])[];
  readonly confusionClusters: ConfusionMatrix['clusters'];
}

/** Scores a labeling; the classes are used for nothing else. */
export function scoresOf(classes: ArrayLike<number>, labels: ArrayLike<number>): Scores {
  const table = contingencyTable(classes, labels);
  const { purity, ari, ami, nmi, confusion } = clusteringReport.fromContingency(table);
  return {
    accuracy: clusteringAccuracy.fromContingency(table),
    purity,
    ari,
    ami,
    nmi,
    confusion: confusion.counts,
    confusionClusters: confusion.clusters,
  };
}

/** Mean and spread over runs; `picked` is the index of the run whose confusion matrix is shown. */
export function spreadScores(runs: readonly Scores[], picked: number): SpreadScores {
  const over = (read: (scores: Scores) => number): Spread => spread(runs.map(read));
  return {
    accuracy: over((run) => run.accuracy),
    purity: over((run) => run.purity),
    ari: over((run) => run.ari),
    ami: over((run) => run.ami),
    nmi: {
      arithmetic: over((run) => run.nmi.arithmetic),
      geometric: over((run) => run.nmi.geometric),
      min: over((run) => run.nmi.min),
      max: over((run) => run.nmi.max),
    },
    confusion: runs[picked].confusion,
    confusionClusters: runs[picked].confusionClusters,
  };
}

/** Mean and sample standard deviation (n - 1); the deviation of a single value is 0. */
export function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0, values };
}
