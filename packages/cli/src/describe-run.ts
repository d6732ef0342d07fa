import { join } from 'node:path';
import { scoreClustering, type ClusteringReport } from '@shoal/core';
import { encodeRunJson, RUN_FILES, type Dataset } from '@shoal/data';
import { writeFileAtomic, type WritableContent } from '@shoal/data/node';
import type { Profiles } from '@shoal/tables';
import type { CommandContext } from './context.ts';
import type { OpenEngine } from './engines.ts';
import type { Input } from './input.ts';
import type { FittedModel } from './methods/method.ts';
import type { FittedRun } from './report/run-view.ts';
import { measureSilhouette } from './measure-silhouette.ts';
import { messageOf } from './save-folder.ts';
import type { RunMetrics } from './save-run.ts';
import { describeTable } from './tables/describe-table.ts';
import type { RowResults } from './tables/row-results.ts';

/** A fit with its model and labels already saved. */
export interface RunToDescribe extends Pick<FittedRun, 'metrics' | 'history'> {
  readonly fitted: FittedModel;
  readonly input: Input;
  /** The labels of all rows of the input. */
  readonly rows: RowResults;
}

/** What could be said about a run. */
export interface DescribedRun {
  readonly metrics: RunMetrics;
  /** What each cluster of a table is. */
  readonly profiles?: Profiles | undefined;
  /** Why a file that was asked for is not there. */
  readonly failure?: Error | undefined;
}

/** What of a description is wanted. */
interface DescribeOptions {
  readonly report: boolean;
  /** See `shoal fit --assignments`. */
  readonly assignments?: string | undefined;
  readonly seed: number;
}

/**
 * Adds scores, the table with its clusters, profiles, the viewer's file and the report to a run folder that has its model
 * and labels. A step that fails gives a warning.
 *
 * @returns the metrics with the scores that could be computed, and the profiles
 * @throws the signal's reason when it is aborted, after saying that the run is saved
 */
export async function describeRun(
  folder: string,
  { fitted: given, input, metrics, history, rows }: RunToDescribe,
  { engine }: OpenEngine,
  options: DescribeOptions,
  context: CommandContext,
): Promise<DescribedRun> {
  const { report } = options;
  const { signal, progress: onProgress } = context;
  const fitted = rememberingSpace(given);
  const { model } = fitted;
  const attempt = async <T>(what: string, make: () => Promise<T>): Promise<T | undefined> => {
    try {
      signal.throwIfAborted();
      return await make();
    } catch (error) {
      context.endProgress();
      if (signal.aborted) {
        context.stderr(`The run is saved in "${folder}", without ${what}.`);
        throw error;
      }
      context.stderr(`warning: the run is saved in "${folder}" without ${what}: ${messageOf(error)}`);
      return undefined;
    }
  };
  const write = (name: string, content: WritableContent): Promise<void> =>
    writeFileAtomic(join(folder, name), content, { signal });

  const train = await attempt('scores of the training points', () =>
    score(input.train, () => Promise.resolve(model.labels), signal),
  );
  const test =
    input.test &&
    (await attempt('scores of the test points', () =>
      score(input.test!, (part) => model.predict(part.points, { signal }), signal),
    ));
  context.endProgress();
  const silhouette = report
    ? await attempt('its silhouette', () =>
        measureSilhouette(fitted, input.train.points, metrics.seed, signal),
      )
    : undefined;
  const scored: RunMetrics = { ...metrics, silhouette, train, test };
  await attempt('its scores', () => write(RUN_FILES.metrics, encodeRunJson(scored, RUN_FILES.metrics)));
  const tree = fitted.clustering.treeJson?.();
  if (tree !== undefined) {
    await attempt('its tree', () => write(RUN_FILES.tree, encodeRunJson(tree, RUN_FILES.tree)));
  }
  const described =
    input.table &&
    (await describeTable(
      folder,
      { fitted, points: input.train.points, input: input.table, rows },
      engine,
      options,
      context,
      attempt,
    ));
  await attempt(report ? 'what the viewer shows, or its report' : 'what the viewer shows', async () => {
    // Loaded only when there is something to show: other commands do not need it.
    const { writeRunView } = await import('./report/run-view.ts');
    const shown = { fitted, train: input.train, metrics: scored, history, described };
    await writeRunView(shown, { engine, report, signal, onProgress }, write);
  });
  return { metrics: scored, profiles: described?.profiles, failure: described?.failure };
}

/** Coding all points takes long, and several steps need the codes. */
function rememberingSpace(fitted: FittedModel): FittedModel {
  const { space } = fitted;
  if (space === undefined) return fitted;
  let placed: ReturnType<typeof space.ofTraining> | undefined;
  return { ...fitted, space: { ...space, ofTraining: (signal) => (placed ??= space.ofTraining(signal)) } };
}

async function score(
  part: Dataset,
  labelsOf: (part: Dataset) => Promise<Uint32Array>,
  signal: AbortSignal,
): Promise<ClusteringReport | undefined> {
  return part.labels && scoreClustering(part.labels, await labelsOf(part), { signal });
}
