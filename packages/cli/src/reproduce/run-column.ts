import {
  GaussianMixture,
  KMeans,
  type GaussianMixtureModel,
  type KMeansModel,
  type Points,
  type ProgressListener,
} from '@shoal/core';
import { Autoencoder } from '@shoal/deep-clustering';
import type { OpenEngine } from '../engines.ts';
import type { AutoencoderRun, ColumnJob, ColumnRun, TaskRun } from './column-types.ts';
import { COLUMNS } from './columns.ts';
import type { TaskName } from './report-figures.ts';
import { scoresOf } from './scores.ts';
import { viewTask } from './task-view.ts';

/** Shares of a column's time, for the progress display alone. */
const STAGES = { kmeans: 0.2, autoencoder: 0.6, 'ae-kmeans': 0.1, 'ae-gmm': 0.1 } as const;

interface Clustered {
  readonly model: KMeansModel | GaussianMixtureModel;
  readonly test: Uint32Array;
  readonly objective: TaskRun['objective'];
}

/**
 * Clusters pixels, trains the autoencoder once, then clusters its code by k-means and by a mixture.
 *
 * @param onProgress receives the fraction done of the whole column as `completed` out of 1
 */
export async function runColumn(
  job: ColumnJob,
  { engine, tensorBackend }: Pick<OpenEngine, 'engine' | 'tensorBackend'>,
  signal: AbortSignal,
  onProgress: ProgressListener,
): Promise<ColumnRun> {
  const { column, seed, train, test } = job;
  const settings = COLUMNS[column];
  let before = 0;
  const stage = (name: keyof typeof STAGES): ProgressListener => {
    const start = before;
    before += STAGES[name];
    return ({ completed, total, message }) => {
      const fraction = total === undefined || total === 0 ? 0 : Math.min(1, completed / total);
      onProgress({ phase: name, completed: start + STAGES[name] * fraction, total: 1, message });
    };
  };

  const kmeansOn = async (
    points: readonly [Points, Points],
    options: (typeof settings)['pixels'],
    listener: ProgressListener,
  ): Promise<Clustered> => {
    const model = await new KMeans({ ...options, seed, engine }).fit(points[0], {
      signal,
      onProgress: listener,
    });
    const objective = { name: 'inertia', value: model.inertia } as const;
    return { model, test: await model.predict(points[1], { signal }), objective };
  };

  const timed = async (
    name: TaskName,
    points: Points,
    autoencoder: AutoencoderRun | undefined,
    cluster: () => Promise<Clustered>,
  ): Promise<TaskRun> => {
    const startedAt = performance.now();
    const { model, test: labels, objective } = await cluster();
    const seconds = (autoencoder?.seconds ?? 0) + (performance.now() - startedAt) / 1000;
    const { iterations, converged } = model;
    const run = {
      train: scoresOf(train.classes, model.labels),
      test: scoresOf(test.classes, labels),
      seconds,
      objective,
      iterations,
      converged,
    };
    if (!job.report) return run;
    const clustered = { model, points, labels, autoencoder };
    return { ...run, view: await viewTask(name, clustered, run, job, engine, signal) };
  };

  const kmeans = await timed('kmeans', test.points, undefined, () =>
    kmeansOn([train.points, test.points], settings.pixels, stage('kmeans')),
  );

  const startedAt = performance.now();
  const backend = await tensorBackend();
  const model = await new Autoencoder({ ...settings.autoencoder, seed, backend }).fit(train.points, {
    // Watched, not acted upon: without early stopping the test images influence nothing.
    validation: test.points,
    signal,
    onProgress: stage('autoencoder'),
  });
  const codes = [
    await model.encode(train.points, { signal }),
    await model.encode(test.points, { signal }),
  ] as const;
  const autoencoder = {
    summary: model.summary(),
    loss: model.history.loss,
    validationLoss: model.history.validationLoss,
    seconds: (performance.now() - startedAt) / 1000,
  };

  try {
    const codeKMeans = await timed('ae-kmeans', codes[1], autoencoder, () =>
      kmeansOn(codes, settings.codeKMeans, stage('ae-kmeans')),
    );
    const codeMixture = await timed('ae-gmm', codes[1], autoencoder, async () => {
      const mixture = await new GaussianMixture({ ...settings.codeMixture, seed, engine }).fit(codes[0], {
        signal,
        onProgress: stage('ae-gmm'),
      });
      const objective = { name: 'mean log-likelihood', value: mixture.lowerBound } as const;
      return { model: mixture, test: await mixture.predict(codes[1], { signal }), objective };
    });
    return {
      column,
      seed,
      engine: `${engine.name} on ${engine.info.device}`,
      tensorBackend: backend.name,
      tasks: { kmeans, 'ae-kmeans': codeKMeans, 'ae-gmm': codeMixture },
      autoencoder,
    };
  } finally {
    for (const code of codes) if (code.location === 'device') code.destroy();
    model.destroy();
  }
}
