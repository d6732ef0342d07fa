import { clusterName } from '../output/confusion-table.ts';
import { lossCharts } from '../output/loss-chart.ts';
import { indent, plainTable } from '../output/tables.ts';
import { COLUMN_NAMES, COLUMN_TITLES } from './columns.ts';
import { REPORTED_NOTE, TASK_NAMES, type TaskName } from './study-figures.ts';
import {
  headline,
  overviewTable,
  pickedRun,
  reportedFigures,
  tasksNamed,
  taskTable,
} from './study-tables.ts';
import type { ReproductionSummary, TaskSummary } from './summary.ts';

/** The whole reproduction as text for a terminal. */
export function studyText(summary: ReproductionSummary, classNames: readonly string[]): string {
  const sections = [
    `Shoal: ${headline(summary)}`,
    autoencoderSection(summary),
    ...TASK_NAMES.map((name) => taskSection(name, tasksNamed(name, summary), classNames)),
    overview(summary),
  ];
  return sections.join('\n\n');
}

function overview(summary: ReproductionSummary): string {
  const { head, rows } = overviewTable(summary);
  const engines = [...new Set(summary.tasks.map(({ engine }) => engine))].join(', ');
  return [
    'Summary: NMI with geometric averaging on the test images',
    plainTable(head, rows),
    indent(REPORTED_NOTE),
    indent(`Engine: ${engines}. ${summary.seconds.toFixed(0)} s in all.`),
  ].join('\n');
}

/** The network once, then how it was trained for each column. */
function autoencoderSection({ autoencoders }: ReproductionSummary): string {
  const summaries = new Set(COLUMN_NAMES.map((column) => autoencoders[column].summary));
  const sections = [...summaries].map((layers) => indent(layers));
  for (const column of COLUMN_NAMES) {
    const { loss, validationLoss, seconds, backend } = autoencoders[column];
    const title = `Autoencoder ${COLUMN_TITLES[column]}: ${loss.length} epochs on TensorFlow.js (${backend}), ${seconds.toFixed(1)} s`;
    sections.push(`${title}\n${lossCharts(loss, validationLoss)}`);
  }
  return sections.join('\n\n');
}

function taskSection(
  name: TaskName,
  tasks: readonly [TaskSummary, TaskSummary],
  classNames: readonly string[],
): string {
  const { head, rows } = taskTable(name, tasks);
  return [
    plainTable(head, rows),
    indent(reportedFigures(tasks[0])),
    ...tasks.map((task) =>
      [
        '',
        indent(pickedRun(task)),
        plainTable(
          ['class \\ cluster', ...task.test.confusionClusters.map(clusterName)],
          task.test.confusion.map((counts, i) => [classNames[i] ?? String(i), ...counts.map(String)]),
        ),
      ].join('\n'),
    ),
  ].join('\n');
}
