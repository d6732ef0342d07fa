import { StateError } from '@shoal/core';
import type { ClusteringData } from '../data/types.ts';
import { integer } from '../interaction/describe.ts';
import { WorkerTask } from '../live/worker-task.ts';
import type { Runs } from '../state/runs.ts';
import { fittable } from './fit-source.ts';
import type { RunFitSettings } from './fit-task.ts';
import { FIT_METHODS } from './methods.ts';

/**
 * Clusters the shown points in a Worker. The result is a run of its own, which is shown; a fit that is still running is
 * stopped. How it goes on, and why it failed, is in the `work` of the runs.
 *
 * @throws {StateError} when there is nothing to cluster
 */
export function startFit(runs: Runs, settings: RunFitSettings): void {
  const shown = runs.shown?.data;
  const found = shown && fittable(shown);
  if (shown === undefined || found === undefined) {
    throw new StateError(
      'The viewer has nothing to cluster: it has neither points nor columns nor pictures of all points.',
    );
  }
  runs.stop();
  const { count, positions, classes, images } = shown;
  const title = FIT_METHODS.find(({ method }) => method === settings.method)?.title ?? settings.method;
  const task = new WorkerTask<ClusteringData>(
    {
      kind: 'start-run',
      task: {
        ...{ settings, count, positions, images },
        source: found.source,
        classes: classes && { labels: classes.labels, names: classes.names },
      },
    },
    (message) => {
      if (message.kind === 'run') return message.data;
      if (message.kind === 'progress') {
        const { phase, message: text, share } = message;
        runs.setWork({ ...work, phase: text === undefined ? phase : `${phase}, ${text}`, share });
      }
      return undefined;
    },
  );
  const work = {
    title,
    phase: 'loading the engine',
    share: undefined,
    cancel: () => {
      task.cancel();
      runs.setWork(undefined);
    },
  };
  runs.setWork(work);
  task.done.then(
    (data) => {
      if (data === undefined) return;
      const name = nameOf(title, data, settings, found.columns.length);
      const run = runs.add(complete(data, shown, name), name);
      runs.setWork(undefined);
      runs.show(run.id);
    },
    (error: unknown) => {
      runs.setWork({ error: error instanceof Error ? error : new Error(String(error)) });
    },
  );
}

/** "k-means, 5 clusters, 3 of 7 columns". */
function nameOf(
  title: string,
  { clusters }: ClusteringData,
  { exclude, scaling }: RunFitSettings,
  columns: number,
): string {
  return [
    title,
    `${clusters} clusters`,
    ...(exclude.length === 0 ? [] : [`${columns - exclude.length} of ${columns} columns`]),
    ...(scaling === 'auto' || scaling === 'none' ? [] : [scaling]),
  ].join(', ');
}

/** What the page has and the Worker need not send back. */
function complete(data: ClusteringData, shown: ClusteringData, title: string): ClusteringData {
  const { points, columnNames, columns, rows, total, images, positions, origin, projection, count } = shown;
  return {
    ...data,
    ...{ points, columnNames, columns, rows, total, images, positions, origin, projection, title },
    notes: [
      ...(count < total
        ? [
            `The run is of the ${integer(count)} shown of ${integer(total)} rows, and clusters are counted in them.`,
          ]
        : []),
      ...data.notes,
    ],
  };
}
