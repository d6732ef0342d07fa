import type { Engine, Matrix } from '@shoal/core';
import { historyOf, type ClusteringData } from '@shoal/viewer/data';
import type { OpenEngine } from '../../engines.ts';
import { fitFeatures } from '../../methods/features.ts';
import type { FittedModel, Watching } from '../../methods/method.ts';
import { jsonOf } from '../../report/pages.ts';
import type { LabeledSplit } from '../labeled-split.ts';
import { CLUSTERS } from '../study-figures.ts';
import { scoresOf, type Scores } from '../scores.ts';
import { viewTest } from '../test-view.ts';
import { titleOf, type Entry } from './entries.ts';

/** One method run from one seed. */
export interface EntryRun {
  readonly entry: Entry;
  readonly seed: number;
  readonly train: Scores;
  readonly test: Scores;
  /** Labels of the training images, by which runs are compared with one another. */
  readonly labels: Uint32Array;
  readonly seconds: number;
  /** Clusters of the test images, if a report is written. */
  readonly view?: ClusteringData | undefined;
}

/** Fits the training images, and labels the test images with the fitted model. Classes are only used for scores. */
export async function runEntry(
  entry: Entry,
  seed: number,
  { train, test }: { readonly train: LabeledSplit; readonly test: LabeledSplit },
  opened: OpenEngine,
  watching: Watching & { readonly report: boolean },
): Promise<EntryRun> {
  const { method, features } = entry;
  const startedAt = performance.now();
  const options = { method, features, clusters: CLUSTERS, seed };
  const fitted = await fitFeatures({ ...train, validation: test.points }, options, opened, watching);
  try {
    const seconds = (performance.now() - startedAt) / 1000;
    // Once for labels and view: placing images takes longer than labeling them.
    const { model, space, clustering } = fitted;
    const placed = space ? await space.of(test.points, watching.signal) : test.points;
    const labels = await clustering.predict(placed, { signal: watching.signal });
    const scored = {
      entry,
      seed,
      train: scoresOf(train.classes, model.labels),
      test: scoresOf(test.classes, labels),
      labels: model.labels,
      seconds,
    };
    if (!watching.report) return scored;
    return {
      ...scored,
      view: await viewOf(fitted, { placed, labels }, scored, test, opened.engine, watching.signal),
    };
  } finally {
    fitted.destroy();
  }
}

async function viewOf(
  { model, autoencoder, clustering, space }: FittedModel,
  { placed, labels }: { readonly placed: Matrix; readonly labels: Uint32Array },
  { entry, seed, test, seconds }: EntryRun,
  images: LabeledSplit,
  engine: Engine,
  signal: AbortSignal,
): Promise<ClusteringData> {
  const { objective } = model;
  const losses = autoencoder && { loss: autoencoder.loss, validationLoss: autoencoder.validationLoss };
  const clustered = {
    points: placed,
    labels,
    model: clustering.centers,
    history: historyOf({ objective: { name: objective.name, values: objective.history }, ...losses }),
    // Scores of the images shown, which the viewer prints above them.
    metrics: jsonOf({ ...test, seconds }),
    title: titleOf(entry),
    space: space?.name,
    seed,
  };
  return viewTest(clustered, images, engine, signal);
}
