import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  HdbscanModel,
  type ClusterModel,
  type Engine,
  type JsonValue,
  type Matrix,
  type ProgressListener,
} from '@shoal/core';
import type { Dataset } from '@shoal/data';
import type { WritableContent } from '@shoal/data/node';
import type { Recipe } from '@shoal/tables';
import {
  buildClustering,
  historyOf,
  sampleClustering,
  VIEW_FILE,
  viewPieces,
  type ClusteringData,
} from '@shoal/viewer/data';
import { renderReport, type Report, type ReportSection } from '@shoal/viewer/report';
import { methodNamed } from '../methods/index.ts';
import type { FittedModel } from '../methods/method.ts';
import type { RunMetrics } from '../save-run.ts';
import { columnRows, COLUMNS_HEAD } from '../tables/columns-table.ts';
import type { DescribedTable } from '../tables/describe-table.ts';
import { fitsOf } from '../tables/row-fits.ts';
import { VERSION } from '../version.ts';
import { openingSentences, type AboutTable } from './opening.ts';
import { jsonOf, MAX_PICTURES, picturesOf, REPORT_FILE, viewerScript } from './pages.ts';
import { scoreSection } from './score-section.ts';

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

function reportOf(metrics: RunMetrics, data: ClusteringData, about: AboutTable): Report {
  const { train, test, command, warnings } = metrics;
  const parts = [
    { name: 'training points', scores: train },
    { name: 'test points', scores: test },
  ].flatMap(({ name, scores }) => (scores ? [{ name, scores }] : []));
  return {
    title: data.title,
    lead: openingSentences(metrics, data, about),
    command,
    warnings: warnings.map((warning) => `Warning: ${warning}`),
    overview: data,
    sections: [
      ...(parts.length === 0 ? [] : [scoreSection(parts, data.classes?.names)]),
      ...(about.recipe === undefined ? [] : [columnsSection(about.recipe)]),
      fitSection(metrics),
    ],
    footer: `Written by Shoal ${VERSION}.`,
  };
}

/** Greatest number of columns in a report. */
const MAX_COLUMNS = 200;

/** What became of the columns of the table. */
function columnsSection({ columns, scaling, notes }: Recipe): ReportSection {
  const shown = columns.slice(0, MAX_COLUMNS);
  const hidden = columns.length - shown.length;
  return {
    heading: 'The columns of the table',
    paragraphs: ['What each column was used for when rows were compared.', scaling.why, ...notes],
    details: {
      summary: `What became of each of the ${columns.length.toLocaleString('en')} columns`,
      paragraphs: hidden > 0 ? [`${hidden.toLocaleString('en')} more columns are in recipe.json.`] : [],
      tables: [
        {
          caption: 'Columns, in their order in the table',
          head: COLUMNS_HEAD,
          rows: columnRows({ columns: shown }),
        },
      ],
    },
  };
}

/** What somebody needs to repeat the fit. */
function fitSection(metrics: RunMetrics): ReportSection {
  const { objective, iterations, converged, seconds, engine, seed, method, silhouette, precision } = metrics;
  const rows = [
    ['Method', methodNamed(method).title],
    ['Seed', String(seed)],
    [`Objective: ${objective.name}`, objective.value.toPrecision(8)],
    ...(iterations === 0
      ? []
      : [['Iterations', `${iterations} (${converged ? 'converged' : 'not converged'})`]]),
    ...(silhouette === undefined
      ? []
      : [
          [
            'Silhouette',
            `${silhouette.value.toFixed(4)}, of a sample of ${silhouette.sample.toLocaleString('en')} points`,
          ],
        ]),
    ...(precision === undefined ? [] : [['Precision', precision]]),
    ['Engine', engine],
    ['Time of the fit', `${seconds.toFixed(1)} s`],
  ];
  return {
    heading: 'How the clusters were found',
    paragraphs: ['With the same data, command and engine, a fit gives the same clusters again.'],
    details: {
      summary: 'Method, seed and engine',
      tables: [{ caption: 'The fit', head: ['', 'Value'], rows }],
    },
  };
}
