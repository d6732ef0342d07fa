import { COLUMN_NAMES, COLUMN_TITLES, type ColumnName } from './columns.ts';
import { TASK_NAMES, TASK_TITLES, type TaskName } from './study-figures.ts';
import type { Spread } from './scores.ts';
import type { ReproductionSummary, TaskSummary } from './summary.ts';

type Score = number | Spread;

/** A table for a terminal or a page; the first cell of a row names it. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

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

/** The dataset, and the seeds. */
export function headline({
  dataset,
  trainImages,
  testImages,
  seeds,
}: Pick<ReproductionSummary, 'dataset' | 'trainImages' | 'testImages' | 'seeds'>): string {
  const images = `${trainImages.toLocaleString('en')} + ${testImages.toLocaleString('en')} images`;
  const over = seeds.length > 1 ? `mean ± sd over seeds ${seeds.join(', ')}` : `seed ${seeds[0]}`;
  return `${dataset}, ${images}, ${over}`;
}

/** NMI on the test images beside the study's figure, one row per task. */
export function overviewTable(summary: ReproductionSummary): TextTable {
  const head = [
    'test images',
    'study',
    ...COLUMN_NAMES.map((name) => `${COLUMN_TITLES[name]}: NMI`),
    'accuracy',
    'ARI',
    'seconds',
  ];
  const rows = TASK_NAMES.map((name) => {
    const [repeated, ours] = tasksNamed(name, summary);
    return [
      TASK_TITLES[name],
      repeated.reported.toFixed(4),
      format(repeated.test.nmi.geometric),
      format(ours.test.nmi.geometric),
      format(ours.test.accuracy),
      format(ours.test.ari),
      format(ours.seconds, 1),
    ];
  });
  return { head, rows };
}

/** Every metric of one task, for both columns and both parts of the data. */
export function taskTable(name: TaskName, tasks: readonly [TaskSummary, TaskSummary]): TextTable {
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
  return { head, rows };
}

/** What the study printed for a task. */
export function reportedFigures({ reported, reportedTrain }: TaskSummary): string {
  return `The study prints ${reportedTrain.toFixed(4)} (train) and ${reported.toFixed(4)} (test), which is NMI geometric.`;
}

/** Says which run's confusion matrix is shown. */
export function pickedRun({ settings, pick }: TaskSummary): string {
  return `Test images, ${COLUMN_TITLES[settings]}, seed ${pick.seed} (${pick.by}): rows are classes, columns clusters`;
}

/** A task under the study's settings, and under Shoal's. */
export function tasksNamed(name: TaskName, { tasks }: ReproductionSummary): [TaskSummary, TaskSummary] {
  const of = (column: ColumnName): TaskSummary => {
    const found = tasks.find((task) => task.name === name && task.settings === column);
    if (found === undefined) throw new RangeError(`The summary lacks task ${name} with settings ${column}.`);
    return found;
  };
  return [of('report'), of('default')];
}

/** The number of a score: its mean over several seeds. */
export function meanOf(score: Score): number {
  return typeof score === 'number' ? score : score.mean;
}

/** A score, over several seeds with its spread. */
export function format(score: Score, digits = 4): string {
  if (typeof score === 'number') return score.toFixed(digits);
  return `${score.mean.toFixed(digits)} ± ${score.sd.toFixed(digits)}`;
}
