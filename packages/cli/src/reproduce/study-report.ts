import type { ClusteringData } from '@shoal/viewer/data';
import { renderReport, type ReportChart, type ReportScore, type ReportSection } from '@shoal/viewer/report';
import { COLUMN_NAMES, COLUMN_TITLES, type ColumnName } from './columns.ts';
import type { LabeledSplit } from './labeled-split.ts';
import type { Spread } from './scores.ts';
import {
  FALLBACK_NOTE,
  REPORTED_NOTE,
  TASK_EXPLANATIONS,
  TASK_NAMES,
  TASK_TITLES,
  type TaskName,
} from './study-figures.ts';
import {
  format,
  headline,
  meanOf,
  overviewTable,
  pickedRun,
  reportedFigures,
  tasksNamed,
  taskTable,
} from './study-tables.ts';
import type { ColumnRun } from './column-types.ts';
import type { ReproductionSummary, TaskSummary } from './summary.ts';
import { confusionMatrix, REPORT_FILE, sharedImages, viewerScript } from '../report/pages.ts';
import { SCORE_MEANINGS } from '../report/score-section.ts';
import { VERSION } from '../version.ts';

/**
 * The report of a reproduction, by its file name: every task under both settings, and the clusters of the test images.
 *
 * @param runs all of them; the picked ones are shown
 */
export async function studyReport(
  summary: ReproductionSummary,
  runs: readonly ColumnRun[],
  test: LabeledSplit,
): Promise<Record<string, string>> {
  const views = viewsOf(summary, runs);
  const images = sharedImages([...views.values()], test);
  const shown = new Map([...views].map(([task, view]) => [task, { ...view, images }]));
  const report = {
    title: `Three clusterings of ${summary.dataset}`,
    lead: [
      `A published study groups images of clothes in three ways. This page repeats them: ${headline(summary)}.`,
      closestSentence(summary),
      REPORTED_NOTE,
      ...(summary.fallback ? [FALLBACK_NOTE] : []),
    ],
    sections: [
      comparisonSection(summary),
      ...TASK_NAMES.map((name) => sectionOf(name, tasksNamed(name, summary), shown, test.classNames)),
    ],
    footer: `Written by Shoal ${VERSION}. ${[...new Set(summary.tasks.map(({ engine }) => engine))].join(', ')}; ${summary.seconds.toFixed(0)} s in all.`,
  };
  return { [REPORT_FILE]: await renderReport(report, await viewerScript()) };
}

/** How near the repeated runs come to the study's figures, and the best of Shoal's. */
function closestSentence(summary: ReproductionSummary): string {
  if (summary.dataset !== 'fashion-mnist') {
    return "The study's figures are those of Fashion-MNIST: beside scores of other images they are only a rough guide.";
  }
  const pairs = TASK_NAMES.map((name) => tasksNamed(name, summary));
  const furthest = Math.max(
    ...pairs.map(([repeated]) => Math.abs(meanOf(repeated.test.nmi.geometric) - repeated.reported)),
  );
  const best = Math.max(...pairs.map(([, ours]) => meanOf(ours.test.nmi.geometric)));
  return `With the study's settings, the scores differ from its figures by at most ${furthest.toFixed(3)}; Shoal's defaults reach up to ${best.toFixed(3)}.`;
}

function comparisonSection(summary: ReproductionSummary): ReportSection {
  return {
    heading: 'Beside the study',
    paragraphs: [
      'Each bar is the NMI on the test images, from 0 (clusters say nothing about the classes) to 1 (they are the classes). The gray bar is the figure that the study prints.',
    ],
    charts: [comparisonChart(summary)],
    details: {
      summary: 'The same as a table, and how the autoencoders were trained',
      paragraphs: COLUMN_NAMES.map((column) => trainingOf(summary, column)),
      tables: [
        {
          caption: 'NMI with geometric averaging, and other scores of the defaults',
          ...overviewTable(summary),
        },
      ],
    },
  };
}

/** The study's figure for each task, and ours. */
function comparisonChart(summary: ReproductionSummary): ReportChart {
  return {
    caption: 'NMI (geometric) on the test images',
    groups: TASK_NAMES.map((name) => {
      const tasks = tasksNamed(name, summary);
      return {
        name: TASK_TITLES[name],
        bars: [
          {
            name: 'the study',
            value: tasks[0].reported,
            text: tasks[0].reported.toFixed(4),
            isReference: true,
          },
          ...tasks.map(({ settings, test }) => ({
            name: COLUMN_TITLES[settings],
            value: meanOf(test.nmi.geometric),
            text: format(test.nmi.geometric),
          })),
        ],
      };
    }),
  };
}

/** The shown run of each task: the one that was picked without using classes. */
function viewsOf(
  { tasks }: ReproductionSummary,
  runs: readonly ColumnRun[],
): ReadonlyMap<TaskSummary, ClusteringData> {
  const entries = tasks.map((task) => {
    const run = runs.find(({ column, seed }) => column === task.settings && seed === task.pick.seed);
    const view = run?.tasks[task.name].view;
    if (view === undefined)
      throw new RangeError(`There is no view of ${task.name} with seed ${task.pick.seed}.`);
    return [task, view] as const;
  });
  return new Map(entries);
}

function trainingOf({ autoencoders }: ReproductionSummary, column: ColumnName): string {
  const { loss, validationLoss, seconds, backend } = autoencoders[column];
  const last = (values: readonly number[]): string => values.at(-1)?.toPrecision(4) ?? 'none';
  return (
    `Autoencoder, ${COLUMN_TITLES[column]}: ${loss.length} epochs on TensorFlow.js (${backend}), ${seconds.toFixed(1)} s; ` +
    `training loss ${last(loss)}, validation loss ${last(validationLoss)}.`
  );
}

function sectionOf(
  name: TaskName,
  tasks: readonly [TaskSummary, TaskSummary],
  views: ReadonlyMap<TaskSummary, ClusteringData>,
  classNames: readonly string[],
): ReportSection {
  const each = (read: (scores: TaskSummary['test']) => number | Spread): ReportScore['values'] =>
    tasks.map(({ settings, test }) => ({ of: COLUMN_TITLES[settings], value: format(read(test), 3) }));
  return {
    heading: TASK_TITLES[name],
    paragraphs: [TASK_EXPLANATIONS[name], reportedFigures(tasks[0]), 'Scores of the test images:'],
    scores: [
      { name: 'NMI (geometric)', values: each(({ nmi }) => nmi.geometric), meaning: SCORE_MEANINGS.nmi },
      { name: 'Accuracy', values: each(({ accuracy }) => accuracy), meaning: SCORE_MEANINGS.accuracy },
      { name: 'ARI', values: each(({ ari }) => ari), meaning: SCORE_MEANINGS.ari },
    ],
    views: tasks.flatMap((task) => {
      const data = views.get(task);
      return data ? [{ heading: `Clusters of the test images, ${COLUMN_TITLES[task.settings]}`, data }] : [];
    }),
    details: {
      summary: 'All scores, and which class is in which cluster',
      tables: [{ caption: 'Scores of training and test images; 1 is best', ...taskTable(name, tasks) }],
      matrices: tasks.map((task) => confusionMatrix(pickedRun(task), task.test, classNames)),
    },
  };
}
