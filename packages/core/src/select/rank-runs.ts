import { InvalidArgumentError } from '../errors.ts';
import { adjustedRandIndex } from '../metrics/adjusted-rand.ts';
import type { Labels } from '../metrics/labels.ts';
import { requireOneOf } from '../validation.ts';
import { stability } from './stability.ts';

export const SELECTION_CRITERIA = [
  'log-likelihood',
  'bic',
  'inertia',
  'silhouette',
  'stability',
  'consensus',
] as const;

/**
 * What runs are ranked by. No criterion uses classes.
 *
 * - `log-likelihood`: the higher the better, among runs on the same points with as many parameters.
 * - `bic`: Bayesian information criterion (Schwarz, Ann. Stat. 6(2), 1978), the lower the better, on the same points.
 * - `inertia`: the lower the better, among runs on the same points with as many clusters.
 * - `silhouette`: the higher the better; in a code it also depends on how the code spreads, so be careful when
 *   comparing runs in different codes.
 * - `stability`: mean adjusted Rand index with all other runs of the same setting.
 * - `consensus`: adjusted Rand index with a consensus of the runs, as `consensus` gives it.
 */
export type SelectionCriterion = (typeof SELECTION_CRITERIA)[number];

/** One candidate: a clustering, and what is known of it. */
export interface CandidateRun {
  /** Its name, for messages. */
  readonly name?: string | undefined;
  /**
   * Runs that differ only in their seed share a setting: stability is measured among them. Default: all runs share one.
   */
  readonly setting?: string | undefined;
  readonly labels: Labels;
  readonly logLikelihood?: number | undefined;
  readonly bic?: number | undefined;
  readonly inertia?: number | undefined;
  readonly silhouette?: number | undefined;
}

export interface RankOptions {
  /** At least one, by which ranks are averaged; default `['stability']`. */
  readonly criteria?: readonly SelectionCriterion[] | undefined;
  /** One label per point, for `consensus`. */
  readonly consensus?: Labels | undefined;
}

/** The rank of a run. */
export interface RankedRun {
  /** Its index among the given runs. */
  readonly index: number;
  readonly name?: string | undefined;
  readonly values: Readonly<Partial<Record<SelectionCriterion, number>>>;
  /** From 1, the best, by each criterion; equal values share the mean of their ranks. */
  readonly ranks: Readonly<Partial<Record<SelectionCriterion, number>>>;
  readonly meanRank: number;
}

/**
 * Ranks clusterings of the same points without looking at a class, best first, so that the first is the choice. Runs
 * with equal ranks stay in the given order.
 *
 * @param runs at least one; for `stability` at least two of each setting
 * @throws {InvalidArgumentError} when there are no runs, or a value that a criterion needs is missing or not a number
 * @throws {ShapeError} when labels that are compared differ in length
 * @throws {DataError} when such a label is neither a whole number nor a string
 */
export function rankRuns(runs: readonly CandidateRun[], options: RankOptions = {}): readonly RankedRun[] {
  const { criteria = ['stability'] } = options;
  if (runs.length === 0) throw new InvalidArgumentError('There is no run to rank; give at least one.');
  if (criteria.length === 0 || new Set(criteria).size < criteria.length) {
    throw new InvalidArgumentError(
      `Runs are ranked by at least one criterion, each named once; got [${criteria.join(', ')}].`,
    );
  }
  const byCriterion = criteria.map((criterion) => {
    const values = valuesOf(requireOneOf('criterion', criterion, SELECTION_CRITERIA), runs, options);
    return { criterion, values, ranks: ranksOf(values, isLowerBetter(criterion)) };
  });
  return runs
    .map(({ name }, index): RankedRun => ({
      index,
      ...(name !== undefined && { name }),
      values: pick(byCriterion.map(({ criterion, values }) => [criterion, values[index]])),
      ranks: pick(byCriterion.map(({ criterion, ranks }) => [criterion, ranks[index]])),
      meanRank: byCriterion.reduce((sum, { ranks }) => sum + ranks[index], 0) / criteria.length,
    }))
    .sort((a, b) => a.meanRank - b.meanRank || a.index - b.index);
}

const FIELDS = {
  'log-likelihood': 'logLikelihood',
  bic: 'bic',
  inertia: 'inertia',
  silhouette: 'silhouette',
} as const;

function valuesOf(
  criterion: SelectionCriterion,
  runs: readonly CandidateRun[],
  { consensus }: RankOptions,
): ArrayLike<number> {
  if (criterion === 'stability') return stabilities(runs);
  if (criterion === 'consensus') {
    if (consensus === undefined) {
      throw new InvalidArgumentError('The criterion consensus needs the consensus: pass its labels.');
    }
    return runs.map(({ labels }) => adjustedRandIndex(labels, consensus));
  }
  return runs.map((run, i) => {
    const value = run[FIELDS[criterion]];
    if (value !== undefined && Number.isFinite(value)) return value;
    throw new InvalidArgumentError(
      `The criterion ${criterion} needs a finite ${FIELDS[criterion]} of every run; that of run ${i} is ${String(value)}.`,
    );
  });
}

/** The stability of each run among those of its setting. */
function stabilities(runs: readonly CandidateRun[]): Float64Array {
  const values = new Float64Array(runs.length);
  for (const setting of new Set(runs.map((run) => run.setting))) {
    const members = [...runs.keys()].filter((i) => runs[i].setting === setting);
    if (members.length < 2) {
      throw new InvalidArgumentError(
        `The criterion stability needs at least two runs${setting === undefined ? '' : ` of the setting ${setting}`}; ` +
          `run ${members[0]} is alone.`,
      );
    }
    const { perRun } = stability(members.map((i) => runs[i].labels));
    members.forEach((run, i) => {
      values[run] = perRun[i];
    });
  }
  return values;
}

function isLowerBetter(criterion: SelectionCriterion): boolean {
  return criterion === 'bic' || criterion === 'inertia';
}

/** Ranks from 1; equal values share the mean of theirs. */
function ranksOf(values: ArrayLike<number>, lowerIsBetter: boolean): Float64Array {
  const sign = lowerIsBetter ? 1 : -1;
  const order = Array.from(values, (_, i) => i).sort((a, b) => sign * (values[a] - values[b]));
  const ranks = new Float64Array(values.length);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]] === values[order[from]]) to++;
    for (let at = from; at < to; at++) ranks[order[at]] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

function pick(
  entries: readonly (readonly [SelectionCriterion, number])[],
): Partial<Record<SelectionCriterion, number>> {
  return Object.fromEntries(entries);
}
