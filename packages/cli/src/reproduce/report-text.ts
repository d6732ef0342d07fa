import { lossCharts } from '../output/loss-chart.ts';
import { indent, plainTable } from '../output/tables.ts';
import { COLUMN_NAMES, COLUMN_TITLES, type ColumnName } from './columns.ts';
import { REPORTED_NOTE, TASK_NAMES, TASK_TITLES, type TaskName } from './report-figures.ts';
import type { Spread } from './scores.ts';
import type { ReproductionSummary, TaskSummary } from './summary.ts';

type Score = number | Spread;

/** The rows of the table of all metrics. */
const METRICS: readonly (readonly [string, (scores: TaskSummary['test']) => Score])[] = [
  ['accuracy', ({ accuracy }) => accuracy],
  ['purity', ({ purity }) => purity],
  ['ARI', ({ ari }) => ari],
  ['AMI', ({ ami }) => ami],
  ['NMI arithmetic', ({ nmi }) => nmi.arithmetic],
  ['NMI geometric', ({ nmi }) => nmi.geometric],
  ['NMI min', ({ nmi }) => nmi.min],
  ['NMI max', ({ nmi }) => nmi.max],
];

/** The whole reproduction as text for a terminal. */
export function reportText(summary: ReproductionSummary, classNames: readonly string[]): string {
  const { dataset, trainImages, testImages, seeds } = summary;
  const images = `${trainImages.toLocaleString('en')} + ${testImages.toLocaleString('en')} images`;
  const over = seeds.length > 1 ? `mean ± sd over seeds ${seeds.join(', ')}` : `seed ${seeds[0]}`;
  const sections = [
    `Shoal: ${dataset}, ${images}, ${over}`,
    autoencoderSection(summary),
    ...TASK_NAMES.map((name) => taskSection(name, tasksNamed(name, summary), classNames)),
    overview(summary),
  ];
  return sections.join('\n\n');
}

function overview(summary: ReproductionSummary): string {
  const head = [
    'test images',
    'report',
    ...COLUMN_NAMES.map((name) => `${COLUMN_TITLES[name]}: NMI`),
    'accuracy',
    'ARI',
    'seconds',
  ];
  const rows = TASK_NAMES.map((name) => {
    const [report, ours] = tasksNamed(name, summary);
    return [
      TASK_TITLES[name],
      report.reported.toFixed(4),
      format(report.test.nmi.geometric),
      format(ours.test.nmi.geometric),
      format(ours.test.accuracy),
      format(ours.test.ari),
      format(ours.seconds, 1),
    ];
  });
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
  const head = [
    TASK_TITLES[name],
    ...COLUMN_NAMES.flatMap((column) => [`${COLUMN_TITLES[column]}: train`, 'test']),
  ];
  const rows = METRICS.map(([label, read]) => [
    label,
    ...tasks.flatMap(({ train, test }) => [format(read(train)), format(read(test))]),
  ]);
  const inAll = name === 'kmeans' ? 'seconds' : 'seconds, training included';
  rows.push([inAll, ...tasks.flatMap(({ seconds }) => ['', format(seconds, 1)])]);
  const [{ reported, reportedTrain }] = tasks;
  return [
    plainTable(head, rows),
    indent(
      `The report prints ${reportedTrain.toFixed(4)} (train) and ${reported.toFixed(4)} (test), which is NMI geometric.`,
    ),
    ...tasks.map(({ settings, test, pick }) =>
      [
        '',
        indent(
          `Test images, ${COLUMN_TITLES[settings]}, seed ${pick.seed} (${pick.by}): rows are classes, columns clusters`,
        ),
        plainTable(
          ['', ...test.confusion[0].map((_, cluster) => String(cluster))],
          test.confusion.map((counts, i) => [classNames[i] ?? String(i), ...counts.map(String)]),
        ),
      ].join('\n'),
    ),
  ].join('\n');
}

function tasksNamed(name: TaskName, { tasks }: ReproductionSummary): [TaskSummary, TaskSummary] {
  const of = (column: ColumnName): TaskSummary => {
    const found = tasks.find((task) => task.name === name && task.settings === column);
    if (found === undefined) throw new RangeError(`The summary lacks task ${name} with settings ${column}.`);
    return found;
  };
  return [of('report'), of('default')];
}

function format(score: Score, digits = 4): string {
  if (typeof score === 'number') return score.toFixed(digits);
  return `${score.mean.toFixed(digits)} ± ${score.sd.toFixed(digits)}`;
}
