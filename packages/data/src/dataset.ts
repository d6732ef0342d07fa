import type { Matrix } from '@shoal/core';

/** One whole number per point, in the order of the points. */
export type Labels = Uint8Array | Int32Array | Uint32Array;

/** Points with what is known about them. */
export interface Dataset {
  readonly name: string;
  /** One row per point. */
  readonly points: Matrix;
  /** The true class of each point; used to score, never to cluster. */
  readonly labels?: Labels | undefined;
  /** `classNames[label]` is the name of that class. */
  readonly classNames?: readonly string[] | undefined;
  /** Names of the columns, if the file has them. */
  readonly columnNames?: readonly string[] | undefined;
  /** Height and width, when each row is an image in row-major order. */
  readonly imageShape?: readonly [height: number, width: number] | undefined;
}

/** Points whose classes are known. */
export interface LabeledDataset extends Dataset {
  readonly labels: Labels;
}

/** A dataset divided into a training part and a test part, as the built-in ones are. */
export interface SplitDataset {
  readonly name: string;
  readonly train: LabeledDataset;
  readonly test: LabeledDataset;
}

/** Datasets that `loadDataset` of `@shoal/data/node` knows by name. */
export const DATASET_NAMES = ['fashion-mnist', 'garments'] as const;

/** Name of a built-in dataset. */
export type DatasetName = (typeof DATASET_NAMES)[number];

/** Whether `name` is one of `DATASET_NAMES`. */
export function isDatasetName(name: string): name is DatasetName {
  return (DATASET_NAMES as readonly string[]).includes(name);
}
