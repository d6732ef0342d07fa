import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ClusteringReport, Engine, JsonValue, KMeansPrecision, ProgressListener } from '@shoal/core';
import type { Dataset } from '@shoal/data';
import {
  buildClustering,
  encodeView,
  historyOf,
  sampleClustering,
  VIEW_FILE,
  type ClusteringData,
} from '@shoal/viewer/data';
import { renderReport, type Report, type ReportMatrix, type ReportTable } from '@shoal/viewer/report';
import type { Arithmetic } from '@shoal/wasm-kernels';
import { methodNamed } from '../methods/index.ts';
import type { FittedModel } from '../methods/method.ts';
import type { FeatureName } from '../methods/options.ts';
import { clusterName, shownOf } from '../output/confusion-table.ts';
import { scoreRows } from '../output/score-rows.ts';
import { VERSION } from '../version.ts';
import { MOST_PICTURES, picturesOf } from './pictures.ts';
import { plain } from './plain.ts';
import { viewerScript } from './viewer-script.ts';

/** Name of the page in a run folder. */
export const REPORT_FILE = 'report.html';

/** Points in a report at most: its file should fit into a mail. */
const MOST_IN_REPORT = 20_000;

/** A fit, as far as it is to be looked at. */
export interface FittedRun {
  readonly fitted: FittedModel;
  readonly train: Dataset;
  readonly metrics: RunMetrics;
  readonly history: Readonly<Record<string, JsonValue>>;
}

/** The part of a fit's metrics that its report tells. */
export interface RunMetrics {
  readonly data: string;
  readonly method: string;
  /** What images were described by, when not by their pixels. */
  readonly features?: FeatureName | undefined;
  readonly clusters: number;
  /** Training points that are in no cluster, where there are any. */
  readonly withoutCluster?: number | undefined;
  readonly seed: number;
  readonly engine: string;
  /** How the engine added products up, where it has a choice; other engines and arithmetics differ in the last digits. */
  readonly arithmetic?: Arithmetic | undefined;
  /** Of k-means. */
  readonly precision?: KMeansPrecision | undefined;
  readonly objective: { readonly name: string; readonly value: number };
  readonly iterations: number;
  readonly converged: boolean;
  readonly warnings: readonly string[];
  readonly seconds: number;
  readonly train?: ClusteringReport | undefined;
  readonly test?: ClusteringReport | undefined;
}

export interface RunViewOptions {
  readonly engine: Engine;
  /** Whether to make a report, too. */
  readonly report: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
}

/**
 * Makes the files of a run folder that are there to be looked at, and has each written as soon as it is made: first what
 * the viewer shows, then the page.
 */
export async function writeRunView(
  run: FittedRun,
  options: RunViewOptions,
  write: (name: string, content: Uint8Array | string) => Promise<void>,
): Promise<void> {
  const data = await clusteringOf(run, options);
  const seed = run.metrics.seed;
  const shown = sampleClustering(data, { mostImages: MOST_PICTURES, seed });
  // Of a million points either takes a good part of a second: Ctrl-C is heard in between.
  await setImmediate();
  options.signal.throwIfAborted();
  await write(VIEW_FILE, encodeView(shown));
  if (!options.report) return;
  const inReport = sampleClustering(data, { most: MOST_IN_REPORT, mostImages: MOST_PICTURES, seed });
  await write(REPORT_FILE, await renderReport(reportOf(run.metrics, inReport), await viewerScript()));
}

async function clusteringOf(
  { fitted: { model, clustering, space }, train, metrics, history }: FittedRun,
  { engine, signal, onProgress }: RunViewOptions,
): Promise<ClusteringData> {
  const data = await buildClustering({
    points: space ? await space.ofTraining(signal) : train.points,
    labels: model.labels,
    model: clustering.centers,
    images: picturesOf(train),
    classes: train.labels && { labels: train.labels, names: train.classNames },
    history: historyOf(history),
    metrics: plain(metrics),
    title: titleOf(metrics),
    most: Infinity,
    seed: metrics.seed,
    engine,
    signal,
    onProgress,
  });
  return space ? { ...data, projection: `${data.projection} of ${space.name}` } : data;
}

function titleOf({ data, method, features, clusters }: RunMetrics): string {
  const of = features === 'gradients' ? ' of oriented gradients' : '';
  return `${basename(data)}: ${methodNamed(method).title}${of}, ${clusters} clusters`;
}

function reportOf(metrics: RunMetrics, data: ClusteringData): Report {
  const { objective, iterations, converged, seconds, engine, seed, warnings, train, test } = metrics;
  const parts = [
    { name: 'training points', scores: train },
    { name: 'test points', scores: test },
  ].flatMap(({ name, scores }) => (scores ? [{ name, scores }] : []));
  return {
    title: data.title,
    lead: [
      `${data.total.toLocaleString('en')} points, seed ${seed}, ${engine}, ${seconds.toFixed(1)} s.`,
      `${objective.name} ${objective.value.toPrecision(8)} after ${iterations} iterations (${converged ? 'converged' : 'not converged'}).`,
      ...warnings.map((warning) => `Warning: ${warning}`),
    ],
    sections: [
      { heading: 'Clusters', views: [{ heading: data.title, data }] },
      ...(parts.length === 0
        ? []
        : [
            {
              heading: 'Scores against the true classes',
              tables: [scoreTable(parts)],
              matrices: parts.map(({ name, scores }) => confusionOf(name, scores, data.classes?.names)),
            },
          ]),
    ],
    footer: `Written by Shoal ${VERSION}.`,
  };
}

type Part = Readonly<{ name: string; scores: ClusteringReport }>;

function scoreTable(parts: readonly Part[]): ReportTable {
  const columns = parts.map(({ scores }) => scoreRows(scores));
  return {
    caption: 'Scores',
    head: ['', ...parts.map(({ name }) => name)],
    rows: columns[0].map(([score], i) => [score, ...columns.map((column) => column[i][1])]),
  };
}

function confusionOf(
  name: string,
  { confusion }: ClusteringReport,
  classNames: readonly string[] | undefined,
): ReportMatrix {
  return {
    caption: `Classes (rows) in clusters (columns), ${name}. ${shownOf(confusion) ?? ''}`.trim(),
    rows: confusion.classes.map(
      (label) => (typeof label === 'number' ? classNames?.[label] : undefined) ?? String(label),
    ),
    columns: confusion.clusters.map(clusterName),
    counts: confusion.counts,
  };
}
