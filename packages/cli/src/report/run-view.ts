import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  HdbscanModel,
  type ClusteringReport,
  type ClusterModel,
  type Engine,
  type JsonValue,
  type Matrix,
  type ProgressListener,
} from '@shoal/core';
import type { Dataset } from '@shoal/data';
import type { WritableContent } from '@shoal/data/node';
import type { Profiles, Recipe } from '@shoal/tables';
import {
  buildClustering,
  historyOf,
  sampleClustering,
  VIEW_FILE,
  viewPieces,
  type ClusteringData,
} from '@shoal/viewer/data';
import { renderReport, type Report, type ReportMatrix, type ReportTable } from '@shoal/viewer/report';
import { methodNamed } from '../methods/index.ts';
import type { FittedModel } from '../methods/method.ts';
import { clusterName, shownOf } from '../output/confusion-table.ts';
import { scoreRows } from '../output/score-rows.ts';
import type { RunMetrics } from '../save-run.ts';
import { columnRows, COLUMNS_HEAD } from '../tables/columns-table.ts';
import type { DescribedTable } from '../tables/describe-table.ts';
import { fitsOf } from '../tables/row-fits.ts';
import { VERSION } from '../version.ts';
import { jsonOf, MAX_PICTURES, picturesOf, REPORT_FILE, viewerScript } from './pages.ts';

/** Greatest number of points in a report: its file should fit into an email. */
const MAX_IN_REPORT = 20_000;

/** The parts of a fit that are shown. */
export interface FittedRun {
  readonly fitted: FittedModel;
  readonly train: Dataset;
  readonly metrics: RunMetrics;
  readonly history: Readonly<Record<string, JsonValue>>;
  /** What is known about the rows and clusters of a table. */
  readonly described?: DescribedTable | undefined;
}

export interface RunViewOptions {
  readonly engine: Engine;
  /** Whether to make a report too. */
  readonly report: boolean;
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
}

/**
 * Makes the files of a run folder that people look at, and writes each as soon as it is made: first the file of the viewer,
 * then the page.
 */
export async function writeRunView(
  run: FittedRun,
  options: RunViewOptions,
  write: (name: string, content: WritableContent) => Promise<void>,
): Promise<void> {
  const data = await clusteringOf(run, options);
  const seed = run.metrics.seed;
  const shown = sampleClustering(data, { mostImages: MAX_PICTURES, seed });
  // With a million points each step takes a good part of a second; Ctrl-C can stop the work in between.
  await setImmediate();
  options.signal.throwIfAborted();
  await write(VIEW_FILE, viewPieces(shown));
  if (!options.report) return;
  await write(
    REPORT_FILE,
    await reportPage(run.metrics, data, run.described && { ...run.described, ...run.described.input }),
  );
}

/** What a report says about the table of a run. */
export interface AboutTable {
  readonly recipe?: Recipe | undefined;
  readonly profiles?: Profiles | undefined;
}

/** The report of a run: a page in one file. */
export async function reportPage(
  metrics: RunMetrics,
  data: ClusteringData,
  about: AboutTable = {},
): Promise<string> {
  const { seed } = metrics;
  const inReport = sampleClustering(data, { most: MAX_IN_REPORT, mostImages: MAX_PICTURES, seed });
  return renderReport(reportOf(metrics, inReport, about), await viewerScript());
}

async function clusteringOf(
  { fitted: { model, clustering, space }, train, metrics, history, described }: FittedRun,
  { engine, signal, onProgress }: RunViewOptions,
): Promise<ClusteringData> {
  const points = space ? await space.ofTraining(signal) : train.points;
  const data = await buildClustering({
    points,
    labels: model.labels,
    probabilities: await probabilitiesOf(clustering, points, model.labels, { engine, signal }),
    model: clustering.centers,
    hierarchy: model.hierarchy,
    images: picturesOf(train),
    classes: train.labels && { labels: train.labels, names: train.classNames },
    history: historyOf(history),
    metrics: jsonOf(metrics),
    title: titleOf(metrics),
    ...(described && shownOfTable(described)),
    most: Infinity,
    seed: metrics.seed,
    engine,
    signal,
    onProgress,
  });
  return space ? { ...data, projection: `${data.projection} of ${space.name}` } : data;
}

/** How sure each point's cluster is, from models that say so without another search of neighbors. */
async function probabilitiesOf(
  clustering: ClusterModel,
  points: Matrix,
  labels: Uint32Array,
  place: Pick<RunViewOptions, 'engine' | 'signal'>,
): Promise<Float64Array | undefined> {
  if (clustering instanceof HdbscanModel) return clustering.probabilities;
  if (clustering.predictProba === undefined) return undefined;
  return (await fitsOf(clustering, points, labels, place))?.values;
}

/** The columns of the rows, and what each cluster is. */
function shownOfTable({ input: { table, rows }, profiles }: DescribedTable) {
  return { table, profiles, rows: rows.length === table.rows ? undefined : rows };
}

function titleOf({ data, method, features, clusters }: RunMetrics): string {
  const of = features === 'gradients' ? ' of oriented gradients' : '';
  return `${basename(data)}: ${methodNamed(method).title}${of}, ${clusters} clusters`;
}

function reportOf(metrics: RunMetrics, data: ClusteringData, { recipe, profiles }: AboutTable): Report {
  const { objective, iterations, converged, seconds, engine, seed, warnings, train, test } = metrics;
  const parts = [
    { name: 'training points', scores: train },
    { name: 'test points', scores: test },
  ].flatMap(({ name, scores }) => (scores ? [{ name, scores }] : []));
  return {
    title: data.title,
    lead: [
      `${basename(metrics.data)}: ${data.total.toLocaleString('en')} rows, ${clusterCount(data.clusters)}, found by ${methodNamed(metrics.method).title}.`,
      ...(profiles === undefined ? [] : [profiles.separation.summary]),
      `Seed ${seed}, ${engine}, ${seconds.toFixed(1)} s.`,
      `${objective.name} ${objective.value.toPrecision(8)}${iterations === 0 ? '' : ` after ${iterations} iterations (${converged ? 'converged' : 'not converged'})`}.`,
      ...warnings.map((warning) => `Warning: ${warning}`),
    ],
    sections: [
      {
        heading: 'Clusters',
        views: [{ heading: data.title, data, table: true }],
      },
      ...(parts.length === 0
        ? []
        : [
            {
              heading: 'Scores against the true classes',
              tables: [scoreTable(parts)],
              matrices: parts.map(({ name, scores }) => confusionOf(name, scores, data.classes?.names)),
            },
          ]),
      ...(recipe === undefined ? [] : [columnsSection(recipe)]),
    ],
    footer: `Written by Shoal ${VERSION}.`,
  };
}

function clusterCount(clusters: number): string {
  return `${clusters.toLocaleString('en')} ${clusters === 1 ? 'cluster' : 'clusters'}`;
}

/** Greatest number of columns in a report. */
const MAX_COLUMNS = 200;

/** What became of the columns of the table. */
function columnsSection({ columns, scaling, notes }: Recipe): Report['sections'][number] {
  const shown = columns.slice(0, MAX_COLUMNS);
  const hidden = columns.length - shown.length;
  return {
    heading: 'Columns of the table',
    paragraphs: [
      scaling.why,
      ...notes,
      ...(hidden > 0 ? [`${hidden} more columns are in recipe.json.`] : []),
    ],
    tables: [
      { caption: 'What each column was used for', head: COLUMNS_HEAD, rows: columnRows({ columns: shown }) },
    ],
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
