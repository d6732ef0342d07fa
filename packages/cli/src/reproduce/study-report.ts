import type { ClusteringData } from '@shoal/viewer/data';
import { renderReport, type ReportSection } from '@shoal/viewer/report';
import { COLUMN_NAMES, COLUMN_TITLES, type ColumnName } from './columns.ts';
import type { LabeledSplit } from './labeled-split.ts';
import { FALLBACK_NOTE, REPORTED_NOTE, TASK_NAMES, TASK_TITLES, type TaskName } from './study-figures.ts';
import {
  headline,
  overviewTable,
  pickedRun,
  reportedFigures,
  tasksNamed,
  taskTable,
} from './study-tables.ts';
import type { ColumnRun } from './column-types.ts';
import type { ReproductionSummary, TaskSummary } from './summary.ts';
import { confusionMatrix, REPORT_FILE, sharedImages, viewerScript } from '../report/pages.ts';
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
      headline(summary),
      ...(summary.fallback ? [FALLBACK_NOTE] : []),
      REPORTED_NOTE,
      ...COLUMN_NAMES.map((column) => trainingOf(summary, column)),
    ],
    sections: [
      {
        heading: 'Summary',
        tables: [{ caption: 'NMI with geometric averaging', ...overviewTable(summary) }],
      },
      ...TASK_NAMES.map((name) => sectionOf(name, tasksNamed(name, summary), shown, test.classNames)),
    ],
    footer: `Written by Shoal ${VERSION}. ${[...new Set(summary.tasks.map(({ engine }) => engine))].join(', ')}; ${summary.seconds.toFixed(0)} s in all.`,
  };
  return { [REPORT_FILE]: await renderReport(report, await viewerScript()) };
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
  return {
    heading: TASK_TITLES[name],
    paragraphs: [reportedFigures(tasks[0])],
    tables: [{ caption: 'Scores', ...taskTable(name, tasks) }],
    matrices: tasks.map((task) => confusionMatrix(pickedRun(task), task.test, classNames)),
    views: tasks.flatMap((task) => {
      const data = views.get(task);
      return data ? [{ heading: `${COLUMN_TITLES[task.settings]}: clusters of the test images`, data }] : [];
    }),
  };
}
