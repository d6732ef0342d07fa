import { consensus, rankRuns } from '@shoal/core';
import type { LabeledSplit } from '../labeled-split.ts';
import { CLUSTERS } from '../study-figures.ts';
import { scoresOf, spread, type Scores, type Spread } from '../scores.ts';
import type { PublishedFigure } from './entries.ts';
import type { EntryRun } from './run-entry.ts';

/** The scores in the table. */
interface Figures<Value> {
  readonly accuracy: Value;
  /** Arithmetic. */
  readonly nmi: Value;
  readonly ari: Value;
}

/** One method over all seeds, as `reproduce --all --json` prints it; keys are stable API. */
export interface EntrySummary {
  readonly name: string;
  readonly train: Figures<Spread>;
  readonly test: Figures<Spread>;
  readonly seconds: Spread;
  /** The seed whose run would be kept, chosen without classes: the one most like the others. Needs two. */
  readonly pick?: { readonly seed: number; readonly train: Figures<number>; readonly test: Figures<number> };
  /** A vote of all seeds on the training images. Needs two. */
  readonly consensus?: Figures<number>;
  readonly published?: PublishedFigure | undefined;
}

/** The whole result, as `reproduce --all --json` prints it; keys are stable API. */
export interface AllSummary {
  readonly dataset: string;
  /** Whether these are garments because Fashion-MNIST was not available. */
  readonly fallback: boolean;
  readonly trainImages: number;
  readonly testImages: number;
  readonly seeds: readonly number[];
  readonly engine: string;
  readonly seconds: number;
  readonly methods: readonly EntrySummary[];
  readonly consensusOfAll?: Figures<number> | undefined;
}

/** Sums up the runs of one method. */
export async function summarizeEntry(
  runs: readonly EntryRun[],
  train: LabeledSplit,
  signal: AbortSignal,
): Promise<EntrySummary> {
  const over = (read: (run: EntryRun) => Scores): Figures<Spread> => ({
    accuracy: spread(runs.map((run) => read(run).accuracy)),
    nmi: spread(runs.map((run) => read(run).nmi.arithmetic)),
    ari: spread(runs.map((run) => read(run).ari)),
  });
  const { entry } = runs[0];
  const summary = {
    name: entry.name,
    train: over((run) => run.train),
    test: over((run) => run.test),
    seconds: spread(runs.map(({ seconds }) => seconds)),
    published: entry.published,
  };
  if (runs.length < 2) return summary;
  const picked = runs[rankRuns(runs)[0].index];
  return {
    ...summary,
    pick: { seed: picked.seed, train: figuresOf(picked.train), test: figuresOf(picked.test) },
    consensus: await consensusOf(runs, train, signal),
  };
}

/** The scores of a vote of runs, of one method or of several, on the training images. */
export async function consensusOf(
  runs: readonly EntryRun[],
  { classes }: LabeledSplit,
  signal: AbortSignal,
): Promise<Figures<number>> {
  const partitions = runs.map(({ labels }) => labels);
  const { labels } = await consensus(partitions, { clusters: CLUSTERS, signal });
  return figuresOf(scoresOf(classes, labels));
}

function figuresOf({ accuracy, nmi, ari }: Scores): Figures<number> {
  return { accuracy, nmi: nmi.arithmetic, ari };
}
