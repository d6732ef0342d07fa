import type { OpenEngine } from '../../engines.ts';
import { fitFeatures } from '../../methods/features.ts';
import type { Run } from '../../methods/fit-method.ts';
import type { LabelledSplit } from '../labelled-split.ts';
import { CLUSTERS } from '../report-figures.ts';
import { scoresOf, type Scores } from '../scores.ts';
import type { Entry } from './entries.ts';

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
  run: Run,
): Promise<EntryRun> {
  const { method, features } = entry;
  const startedAt = performance.now();
  const options = { method, features, clusters: CLUSTERS, seed };
  const model = await fitFeatures(train, test.points, options, opened, run);
  try {
    const seconds = (performance.now() - startedAt) / 1000;
    return {
      entry,
      seed,
      train: scoresOf(train.classes, model.labels),
      test: scoresOf(test.classes, await model.predict(test.points, run.signal)),
      labels: model.labels,
      seconds,
    };
  } finally {
    model.dispose();
  }
}
