import { join } from 'node:path';
import { countWithoutCluster, type Engine } from '@shoal/core';
import { writeTablePieces } from '@shoal/data/node';
import type { WorkersHost } from '@shoal/workers';
import type { CommandContext } from '../context.ts';
import { openEngine, type OpenEngine } from '../engines.ts';
import { UsageError } from '../exit-codes.ts';
import { metricsOf } from '../fit-metrics.ts';
import { methodNamed } from '../methods/index.ts';
import type { FittedModel } from '../methods/method.ts';
import type { MethodOptions } from '../methods/options.ts';
import { inOptions } from '../output/in-options.ts';
import type { OutputFolder } from '../output-folder.ts';
import { saveRun, type RunMetrics } from '../save-run.ts';
import { chooseNumber, type ClustersChoice } from '../tables/choose-number.ts';
import { samplePoints } from './fit-sample.ts';
import { fitStateFile } from './fit-state.ts';
import { assignedPieces, labelsOfAllRows, predictParts } from './part-results.ts';
import type { PartedInput, PartedOptions } from './parted-source.ts';

export type FitPartsOptions = PartedOptions &
  Omit<MethodOptions, 'clusters'> & {
    readonly method: string;
    readonly clusters?: ClustersChoice;
    readonly assignments?: string;
    readonly resume?: boolean;
  };

/** A fit of points in parts, which is saved. */
export interface SavedFit {
  readonly metrics: RunMetrics;
  /** Number of rows. */
  readonly rows: number;
}

/**
 * Fits points in parts, and writes the model, labels and metrics, and of a table the rows with their clusters. There is no
 * report of more points than memory holds. A method that needs all points at once is fitted to a random sample, and the
 * others get their labels from its model.
 *
 * @throws {UsageError} when there are weights that the method does not use
 */
export async function fitParts(
  output: OutputFolder,
  input: PartedInput,
  options: FitPartsOptions,
  context: CommandContext,
): Promise<SavedFit> {
  const { table } = input;
  const { stderr } = context;
  const { engine: name, adapter, threads, arithmetic } = options;
  const method = methodNamed(options.method);
  if (table?.weights !== undefined && method.weighted !== true) {
    throw new UsageError(
      `--method ${options.method} does not use weights, but the column of weights is one. Use kmeans or gmm, or leave --weight out.`,
    );
  }
  const opened = await openEngine(
    { name: name === 'auto' ? 'wasm' : name, adapter, threads, arithmetic },
    context,
  );
  let fit: FittedParts | undefined;
  let host: WorkersHost | undefined;
  try {
    stderr(opened.reason);
    host = await input.openHost?.(opened, context);
    const points = { ...input.points, host };
    const startedAt = performance.now();
    fit = await fitOrSample(output.folder, { ...input, points }, options, opened, context);
    const { fitted, labels, sampleRows, chosen } = fit;
    const { model } = fitted;
    const seconds = (performance.now() - startedAt) / 1000;
    context.endProgress();
    for (const warning of model.warnings) stderr(`warning: ${inOptions(warning)}`);
    const all = table ? labelsOfAllRows(labels, table) : labels;
    const metrics: RunMetrics = {
      ...metricsOf(model, opened, chosen, { seconds, command: context.command }),
      data: input.name,
      sampleRows,
      withoutCluster: countWithoutCluster(all) || undefined,
    };
    const { name: objective, history: values } = model.objective;
    const run = {
      model: model.toState(),
      labels: all,
      metrics,
      history: { objective: { name: objective, values } },
      recipe: table?.recipe.toState(),
    };
    const saved = await saveRun(output.folder, run, output, context);
    await writeAssignments(saved.folder, input, fit, options, opened, context);
    await fit.finish?.();
    if (saved.moved !== undefined) throw saved.moved;
    stderr(`Wrote ${output.folder}.`);
    return { metrics, rows: all.length };
  } finally {
    context.endProgress();
    await host?.close();
    fit?.fitted.destroy();
    opened.destroy();
  }
}

interface FittedParts {
  readonly fitted: FittedModel;
  /** Of all points. */
  readonly labels: Uint32Array;
  /** Rows that the model was fitted to, when these are not all. */
  readonly sampleRows?: number | undefined;
  /** Removes what was kept while the fit ran; called when the run is saved. */
  readonly finish?: (() => Promise<void>) | undefined;
  /** The options of the method, with the number of clusters chosen. */
  readonly chosen: MethodOptions & { readonly method: string };
}

async function fitOrSample(
  folder: string,
  input: PartedInput,
  options: FitPartsOptions,
  opened: OpenEngine,
  context: CommandContext,
): Promise<FittedParts> {
  const { signal, progress: onProgress, stderr } = context;
  const { points, memory } = input;
  const { clusters = 0, seed } = options;
  const method = methodNamed(options.method);
  const isNumber = typeof clusters === 'number';
  const sample = isNumber && method.fitParts ? undefined : await samplePoints(points, memory, seed, signal);
  context.endProgress();
  let chosen = { ...options, clusters: isNumber ? clusters : 0 };
  if (!isNumber && sample) {
    const found = await chooseNumber(sample, clusters, chosen, opened, context);
    stderr(`${found.why} These were ${sample.rows.toLocaleString('en')} random rows.`);
    chosen = { ...chosen, clusters: found.clusters };
  }
  const watching = { signal, onProgress };
  if (method.fitParts) {
    const { engine } = opened;
    const fit = describe(input, chosen, engine);
    const state = await fitStateFile(folder, fit, options.resume === true, context);
    const { checkpoint } = state;
    const weighted = { points, weights: input.table?.weights, checkpoint };
    const fitted = await method.fitParts(weighted, chosen, opened, watching);
    return { fitted, labels: fitted.model.labels, chosen, finish: state.remove };
  }
  const drawn = sample ?? (await samplePoints(points, memory, seed, signal));
  stderr(
    `--method ${options.method} needs all points at once, so it is fitted to ${drawn.rows.toLocaleString('en')} random rows; the others get their labels from its model.`,
  );
  const fitted = await method.fit({ points: drawn }, chosen, opened, watching);
  const labels = await predictParts(fitted.model, points, context);
  return { fitted, labels, chosen, sampleRows: drawn.rows };
}

/** What the state of a fit belongs to. Where parts end can change the last digits of a mixture. */
function describe(
  { name, points, table }: PartedInput,
  options: MethodOptions & { readonly method: string },
  { name: engine, info }: Engine,
): object {
  const { method, clusters, seed } = options;
  const own = methodNamed(method).options.map((option) => [option, options[option]]);
  return {
    data: [name, points.rows, points.columns, table?.bytes, table?.recipe.toState()],
    parts: points.parts.map(({ rows }) => rows),
    method,
    clusters,
    seed,
    options: own,
    engine: [engine, info.arithmetic],
  };
}

/** Writes the rows of a table with their clusters, piece by piece. */
async function writeAssignments(
  folder: string,
  { table }: PartedInput,
  { fitted, labels }: FittedParts,
  { assignments }: FitPartsOptions,
  opened: OpenEngine,
  context: CommandContext,
): Promise<void> {
  if (table === undefined || assignments === 'none') return;
  const { signal, progress: onProgress } = context;
  const path = assignments ?? join(folder, 'assignments.csv');
  const clustering = fitted.space ? undefined : fitted.clustering;
  await writeTablePieces(path, assignedPieces(table, labels, clustering, opened, context), {
    signal,
    onProgress,
  });
  context.endProgress();
  if (assignments !== undefined) context.stderr(`Wrote ${path}.`);
}
