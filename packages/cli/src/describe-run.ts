import { join } from 'node:path';
import { scoreClustering, type ClusteringReport } from '@shoal/core';
import { encodeRunJson, RUN_FILES, type Dataset } from '@shoal/data';
import { writeFileAtomic } from '@shoal/data/node';
import type { CommandContext } from './context.ts';
import type { OpenEngine } from './engines.ts';
import type { Input } from './input.ts';
import type { FittedModel } from './methods/method.ts';
import type { FittedRun } from './report/run-view.ts';
import { messageOf } from './save-folder.ts';
import type { RunMetrics } from './save-run.ts';

/** A fit with its model and labels already saved. */
export interface RunToDescribe extends Pick<FittedRun, 'metrics' | 'history'> {
  readonly fitted: FittedModel;
  readonly input: Input;
}

/**
 * Adds scores, the viewer's file and the report to a run folder that has its model and labels. A step that fails gives
 * a warning.
 *
 * @returns the metrics with the scores that could be computed
 * @throws the signal's reason when it is aborted, after saying that the run is saved
 */
export async function describeRun(
  folder: string,
  { fitted, input, metrics, history }: RunToDescribe,
  { engine }: OpenEngine,
  { report }: { readonly report: boolean },
  context: CommandContext,
): Promise<RunMetrics> {
  const { signal, progress: onProgress } = context;
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
  const write = (name: string, content: Uint8Array | string): Promise<void> =>
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
  const scored: RunMetrics = { ...metrics, train, test };
  await attempt('its scores', () => write(RUN_FILES.metrics, encodeRunJson(scored, RUN_FILES.metrics)));
  await attempt(report ? 'what the viewer shows, or its report' : 'what the viewer shows', async () => {
    // Loaded only when there is something to show: other commands do not need it.
    const { writeRunView } = await import('./report/run-view.ts');
    const shown = { fitted, train: input.train, metrics: scored, history };
    await writeRunView(shown, { engine, report, signal, onProgress }, write);
  });
  return scored;
}

async function score(
  part: Dataset,
  labelsOf: (part: Dataset) => Promise<Uint32Array>,
  signal: AbortSignal,
): Promise<ClusteringReport | undefined> {
  return part.labels && scoreClustering(part.labels, await labelsOf(part), { signal });
}
