import { orientedGradients, type Matrix, type ProgressListener } from '@shoal/core';
import type { OpenEngine } from '../../engines.ts';
import { gradientsOf, ofGradients } from '../../methods/features.ts';
import { fitMethod } from '../../methods/fit-method.ts';
import type { LabelledSplit } from '../labelled-split.ts';
import { scoresOf, type Scores } from '../scores.ts';
import type { Entry } from './entries.ts';

/** The report has as many clusters as classes. */
const CLUSTERS = 10;

/** One method run from one seed. */
export interface EntryRun {
  readonly entry: Entry;
  readonly seed: number;
  readonly train: Scores;
  readonly test: Scores;
  /** Of the training images, by which runs are compared with one another. */
  readonly labels: Uint32Array;
  readonly seconds: number;
}

/** Fits the training images, and labels the test images with what was fitted. Classes do nothing but score. */
export async function runEntry(
  entry: Entry,
  seed: number,
  { train, test }: { readonly train: LabelledSplit; readonly test: LabelledSplit },
  opened: OpenEngine,
  run: { readonly signal: AbortSignal; readonly onProgress: ProgressListener },
): Promise<EntryRun> {
  const { method, features } = entry;
  const startedAt = performance.now();
  const gradients = gradientsOf(features, train);
  const describe = (points: Matrix): Promise<Matrix> =>
    gradients ? orientedGradients(points, gradients, run.signal) : Promise.resolve(points);
  const described = await describe(train.points);
  const options = { method, features, clusters: CLUSTERS, seed };
  const fitted = await fitMethod(described, await describe(test.points), options, opened, run);
  try {
    const seconds = (performance.now() - startedAt) / 1000;
    const model = gradients ? ofGradients(fitted, described, gradients) : fitted;
    return {
      entry,
      seed,
      train: scoresOf(train.classes, model.labels),
      test: scoresOf(test.classes, await model.predict(test.points, run.signal)),
      labels: model.labels,
      seconds,
    };
  } finally {
    fitted.dispose();
  }
}
