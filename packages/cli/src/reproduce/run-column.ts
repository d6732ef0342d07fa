import { GaussianMixture, KMeans, type Points, type ProgressListener } from '@shoal/core';
import { Autoencoder } from '@shoal/deep-clustering';
import type { OpenEngine } from '../engines.ts';
import { COLUMNS, type ColumnName } from './columns.ts';
import type { LabelledSplit } from './labelled-split.ts';
import type { TaskName } from './report-figures.ts';
import { scoresOf, type Scores } from './scores.ts';

/** One task run once. */
export interface TaskRun {
  readonly train: Scores;
  readonly test: Scores;
  /** Wall time in seconds; the autoencoder's training, which two tasks share, counts in both. */
  readonly seconds: number;
  /** What the run optimised, on the training images: the label-free way to compare runs. */
  readonly objective: { readonly name: 'inertia' | 'mean log-likelihood'; readonly value: number };
  readonly iterations: number;
  readonly converged: boolean;
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

/** What `runColumn` works with. */
export interface ColumnJob {
  readonly column: ColumnName;
  readonly seed: number;
  readonly train: LabelledSplit;
  readonly test: LabelledSplit;
}

/** Shares of a column's time, for the progress display alone. */
const STAGES = { kmeans: 0.2, autoencoder: 0.6, 'ae-kmeans': 0.1, 'ae-gmm': 0.1 } as const;

interface Clustered {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  readonly objective: TaskRun['objective'];
  readonly iterations: number;
  readonly converged: boolean;
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
    const { labels, iterations, converged } = model;
    return {
      train: labels,
      test: await model.predict(points[1], { signal }),
      objective,
      iterations,
      converged,
    };
  };

  const timed = async (sharedSeconds: number, cluster: () => Promise<Clustered>): Promise<TaskRun> => {
    const startedAt = performance.now();
    const clustered = await cluster();
    const seconds = sharedSeconds + (performance.now() - startedAt) / 1000;
    const { objective, iterations, converged } = clustered;
    return {
      train: scoresOf(train.classes, clustered.train),
      test: scoresOf(test.classes, clustered.test),
      seconds,
      objective,
      iterations,
      converged,
    };
  };

  const kmeans = await timed(0, () =>
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
  const trainingSeconds = (performance.now() - startedAt) / 1000;

  try {
    const codeKMeans = await timed(trainingSeconds, () =>
      kmeansOn(codes, settings.codeKMeans, stage('ae-kmeans')),
    );
    const codeMixture = await timed(trainingSeconds, async () => {
      const mixture = await new GaussianMixture({ ...settings.codeMixture, seed, engine }).fit(codes[0], {
        signal,
        onProgress: stage('ae-gmm'),
      });
      const objective = { name: 'mean log-likelihood', value: mixture.lowerBound } as const;
      const { labels, iterations, converged } = mixture;
      return {
        train: labels,
        test: await mixture.predict(codes[1], { signal }),
        objective,
        iterations,
        converged,
      };
    });
    return {
      column,
      seed,
      engine: `${engine.name} on ${engine.info.device}`,
      tensorBackend: backend.name,
      tasks: { kmeans, 'ae-kmeans': codeKMeans, 'ae-gmm': codeMixture },
      autoencoder: {
        summary: model.summary(),
        loss: model.history.loss,
        validationLoss: model.history.validationLoss,
        seconds: trainingSeconds,
      },
    };
  } finally {
    for (const code of codes) if (code.location === 'device') code.destroy();
    model.dispose();
  }
}
