import type { ClusteringData } from '@shoal/viewer/data';
import type { ColumnName } from './columns.ts';
import type { LabeledSplit } from './labeled-split.ts';
import type { TaskName } from './study-figures.ts';
import type { Scores } from './scores.ts';

/** One task run once. */
export interface TaskRun {
  readonly train: Scores;
  readonly test: Scores;
  /** Wall time in seconds; the autoencoder's training, which two tasks share, counts in both. */
  readonly seconds: number;
  /** The value that the run optimized, on the training images: it compares runs without labels. */
  readonly objective: { readonly name: 'inertia' | 'mean log-likelihood'; readonly value: number };
  readonly iterations: number;
  readonly converged: boolean;
  /** The clusters of the test images for the report, if one is written. */
  readonly view?: ClusteringData | undefined;
}

/** How the autoencoder of a column was trained. */
export interface AutoencoderRun {
  readonly summary: string;
  readonly loss: readonly number[];
  readonly validationLoss: readonly number[];
  readonly seconds: number;
}

/** All three tasks under one column's settings and one seed. */
export interface ColumnRun {
  readonly column: ColumnName;
  readonly seed: number;
  readonly engine: string;
  readonly tensorBackend: string;
  readonly tasks: Readonly<Record<TaskName, TaskRun>>;
  readonly autoencoder: AutoencoderRun;
}

/** The input of `runColumn`. */
export interface ColumnJob {
  readonly column: ColumnName;
  readonly seed: number;
  readonly train: LabeledSplit;
  readonly test: LabeledSplit;
  /** Whether a report is written, which needs the clusters of the test images. */
  readonly report: boolean;
}
