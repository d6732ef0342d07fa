import type { ClusterModel, Engine, JsonValue, Points } from '@shoal/core';
import type { ClusteringData, HistorySeries } from '@shoal/viewer/data';
import { COLUMN_TITLES } from './columns.ts';
import { TASK_TITLES, type TaskName } from './study-figures.ts';
import type { AutoencoderRun, ColumnJob, TaskRun } from './column-types.ts';
import { viewTest } from './test-view.ts';

/** A task's clusters of the test images. */
export interface ClusteredTask {
  readonly model: ClusterModel;
  /** The test images in the form that the model gets: their pixels, or their code. */
  readonly points: Points;
  readonly labels: Uint32Array;
  /** The autoencoder trained before it, if there is one. */
  readonly autoencoder?: AutoencoderRun | undefined;
}

/** The part of a report for one task. */
export async function viewTask(
  name: TaskName,
  { model, points, labels, autoencoder }: ClusteredTask,
  run: TaskRun,
  { column, seed, test }: ColumnJob,
  engine: Engine,
  signal: AbortSignal,
): Promise<ClusteringData> {
  const clustered = {
    points: points.location === 'host' ? points : await engine.download(points),
    labels,
    model,
    history: [objectiveHistory(model), ...lossHistory(autoencoder)],
    // Scores of the images shown, which the viewer prints above them.
    metrics: { ...run.test, seconds: run.seconds } satisfies JsonValue,
    title: `${TASK_TITLES[name]}, ${COLUMN_TITLES[column]}`,
    space: autoencoder && "the autoencoder's code",
    seed,
  };
  return viewTest(clustered, test, engine, signal);
}

function objectiveHistory({ objective: { name, history } }: ClusterModel): HistorySeries {
  return { name, step: 'iteration', values: history };
}

function lossHistory(autoencoder: AutoencoderRun | undefined): HistorySeries[] {
  if (autoencoder === undefined) return [];
  return [
    { name: 'training loss', step: 'epoch', values: autoencoder.loss },
    { name: 'validation loss', step: 'epoch', values: autoencoder.validationLoss },
  ];
}
