import { COLUMN_NAMES, type ColumnName } from './columns.ts';
import { REPORTED, REPORTED_NOTE, TASK_NAMES, type TaskName } from './study-figures.ts';
import type { AutoencoderRun, ColumnRun, TaskRun } from './column-types.ts';
import { spread, spreadScores, type Scores, type Spread, type SpreadScores } from './scores.ts';

/** One task under one column's settings, as `reproduce --json` prints it; keys are stable API. */
export interface TaskSummary {
  readonly name: TaskName;
  readonly settings: ColumnName;
  readonly train: Scores | SpreadScores;
  readonly test: Scores | SpreadScores;
  readonly seconds: number | Spread;
  readonly engine: string;
  /** The report's own figure for the test images: NMI with geometric averaging. */
  readonly reported: number;
  /** The report's figure for the training images. */
  readonly reportedTrain: number;
  /** The seed of the run to keep, chosen without classes, and the criterion. */
  readonly pick: { readonly seed: number; readonly by: string };
}

/** The object `reproduce --json` prints. */
export interface ReproductionSummary {
  readonly dataset: string;
  readonly fallback: boolean;
  readonly trainImages: number;
  readonly testImages: number;
  readonly seeds: readonly number[];
  readonly reportedMeaning: string;
  readonly tasks: readonly TaskSummary[];
  readonly autoencoders: Readonly<Record<ColumnName, AutoencoderRun & { readonly backend: string }>>;
  readonly seconds: number;
}

/** Sums up all runs; with one seed scores are plain numbers, with more each is a mean with its spread. */
export function summarize(
  runs: readonly ColumnRun[],
  about: Pick<ReproductionSummary, 'dataset' | 'fallback' | 'trainImages' | 'testImages' | 'seconds'>,
): ReproductionSummary {
  const byColumn = (column: ColumnName): ColumnRun[] => runs.filter((run) => run.column === column);
  const tasks = TASK_NAMES.flatMap((name) =>
    COLUMN_NAMES.map((settings) => summarizeTask(name, settings, byColumn(settings))),
  );
  const autoencoder = (column: ColumnName): AutoencoderRun & { readonly backend: string } => {
    const best = byColumn(column)[lowestValidationLoss(byColumn(column))];
    return { ...best.autoencoder, backend: best.tensorBackend };
  };
  return {
    ...about,
    seeds: byColumn('report').map(({ seed }) => seed),
    reportedMeaning: REPORTED_NOTE,
    tasks,
    autoencoders: { report: autoencoder('report'), default: autoencoder('default') },
  };
}

function summarizeTask(name: TaskName, settings: ColumnName, runs: readonly ColumnRun[]): TaskSummary {
  const tasks = runs.map((run) => run.tasks[name]);
  // Inertias in different codes cannot be compared, so those runs are chosen by their validation loss.
  const picked = name === 'kmeans' ? lowestInertia(tasks) : lowestValidationLoss(runs);
  const several = runs.length > 1;
  return {
    name,
    settings,
    train: several
      ? spreadScores(
          tasks.map(({ train }) => train),
          picked,
        )
      : tasks[0].train,
    test: several
      ? spreadScores(
          tasks.map(({ test }) => test),
          picked,
        )
      : tasks[0].test,
    seconds: several ? spread(tasks.map(({ seconds }) => seconds)) : tasks[0].seconds,
    engine: runs[picked].engine,
    reported: REPORTED[name].test,
    reportedTrain: REPORTED[name].train,
    pick: { seed: runs[picked].seed, by: name === 'kmeans' ? 'lowest inertia' : 'lowest validation loss' },
  };
}

function lowestInertia(tasks: readonly TaskRun[]): number {
  return lowest(tasks.map(({ objective }) => objective.value));
}

function lowestValidationLoss(runs: readonly ColumnRun[]): number {
  return lowest(runs.map(({ autoencoder }) => autoencoder.validationLoss.at(-1) ?? Infinity));
}

function lowest(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value < values[best] ? i : best), 0);
}
