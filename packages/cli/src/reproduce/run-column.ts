import {
  GaussianMixture,
  KMeans,
  type Engine,
  type GaussianMixtureModel,
  type KMeansModel,
  type Points,
  type ProgressListener,
} from '@shoal/core';
import { Autoencoder, type AutoencoderModel, type TensorBackend } from '@shoal/deep-clustering';
import type { OpenEngine } from '../engines.ts';
import type { AutoencoderRun, ColumnJob, ColumnRun, TaskRun } from './column-types.ts';
import { COLUMNS, type Column } from './columns.ts';
import type { TaskName } from './study-figures.ts';
import { scoresOf } from './scores.ts';
import { viewTask } from './task-view.ts';

/** Shares of a column's time, only for the progress display. */
const STAGES = { kmeans: 0.2, autoencoder: 0.6, 'ae-kmeans': 0.1, 'ae-gmm': 0.1 } as const;

interface Clustered {
  readonly model: KMeansModel | GaussianMixtureModel;
  readonly test: Uint32Array;
  readonly objective: TaskRun['objective'];
}

/** Training and test points of a task. */
type TrainAndTest = readonly [train: Points, test: Points];

/** The input of every stage of a column. */
interface Running {
  readonly job: ColumnJob;
  readonly engine: Engine;
  readonly signal: AbortSignal;
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
  const running = { job, engine, signal };
  const stage = stagesOf(onProgress);

  const pixels = [train.points, test.points] as const;
  const kmeans = await runTask('kmeans', pixels, undefined, running, () =>
    clusterByKMeans(pixels, settings.pixels, running, stage('kmeans')),
  );

  const backend = await tensorBackend();
  const { model, codes, autoencoder } = await encode(backend, running, stage('autoencoder'));
  try {
    const codeKMeans = await runTask('ae-kmeans', codes, autoencoder, running, () =>
      clusterByKMeans(codes, settings.codeKMeans, running, stage('ae-kmeans')),
    );
    const codeMixture = await runTask('ae-gmm', codes, autoencoder, running, () =>
      clusterByMixture(codes, settings.codeMixture, running, stage('ae-gmm')),
    );
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

/** Makes listeners for stages, in their order, that report the done fraction of all stages. */
function stagesOf(onProgress: ProgressListener): (name: keyof typeof STAGES) => ProgressListener {
  let before = 0;
  return (name) => {
    const start = before;
    before += STAGES[name];
    return ({ completed, total, message }) => {
      const fraction = total === undefined || total === 0 ? 0 : Math.min(1, completed / total);
      onProgress({ phase: name, completed: start + STAGES[name] * fraction, total: 1, message });
    };
  };
}

/** Clusters, measures the time, and scores against the classes. */
async function runTask(
  name: TaskName,
  [, points]: TrainAndTest,
  autoencoder: AutoencoderRun | undefined,
  { job, engine, signal }: Running,
  cluster: () => Promise<Clustered>,
): Promise<TaskRun> {
  const startedAt = performance.now();
  const { model, test: labels, objective } = await cluster();
  const seconds = (autoencoder?.seconds ?? 0) + (performance.now() - startedAt) / 1000;
  const { iterations, converged } = model;
  const run = {
    train: scoresOf(job.train.classes, model.labels),
    test: scoresOf(job.test.classes, labels),
    seconds,
    objective,
    iterations,
    converged,
  };
  if (!job.report) return run;
  const clustered = { model, points, labels, autoencoder };
  return { ...run, view: await viewTask(name, clustered, run, job, engine, signal) };
}

async function clusterByKMeans(
  [train, test]: TrainAndTest,
  options: Column['pixels'],
  { job, engine, signal }: Running,
  onProgress: ProgressListener,
): Promise<Clustered> {
  const model = await new KMeans({ ...options, seed: job.seed, engine }).fit(train, { signal, onProgress });
  const objective = { name: 'inertia', value: model.inertia } as const;
  return { model, test: await model.predict(test, { signal }), objective };
}

async function clusterByMixture(
  [train, test]: TrainAndTest,
  options: Column['codeMixture'],
  { job, engine, signal }: Running,
  onProgress: ProgressListener,
): Promise<Clustered> {
  const mixture = new GaussianMixture({ ...options, seed: job.seed, engine });
  const model = await mixture.fit(train, { signal, onProgress });
  const objective = { name: 'mean log-likelihood', value: model.lowerBound } as const;
  return { model, test: await model.predict(test, { signal }), objective };
}

/** Trains the autoencoder, and encodes the images. */
async function encode(
  backend: TensorBackend,
  { job, signal }: Running,
  onProgress: ProgressListener,
): Promise<{ model: AutoencoderModel; codes: TrainAndTest; autoencoder: AutoencoderRun }> {
  const { column, seed, train, test } = job;
  const startedAt = performance.now();
  const model = await new Autoencoder({ ...COLUMNS[column].autoencoder, seed, backend }).fit(train.points, {
    // Only for the validation loss: without early stopping, the test images do not influence the training.
    validation: test.points,
    signal,
    onProgress,
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
  return { model, codes, autoencoder };
}
