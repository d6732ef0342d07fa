import type { CutMeasures } from './partition.ts';

/**
 * Weights of equal sizes to try, from most to least: the first is used unless the graph suggests another. See decision
 * 0102.
 */
export const BALANCES = [2, 0.2, 0.05, 0.02] as const;

/** The result with one balance. */
export interface BalanceTrial {
  readonly balance: number;
  readonly measures: CutMeasures;
}

/** Sizes count as equal when their divergence from uniform is below this: for example 45, 30 and 25 in 100. */
const NEAR_EQUAL = 0.045;
/** A tiny share of the weight that is added to both cuts: two tiny cuts count as alike, whatever their ratio. */
const NEXT_TO_NOTHING = 0.002;
/**
 * The cost at which equal sizes are given up, for the first lower balance and for the others, which have more freedom
 * to cut less.
 */
const TIMES_BY_THE_FIRST = 2.5;
const TIMES_BY_OTHERS = 3.5;
/** The cost at which a balance is given up for a lower one after that: then it is known that sizes differ. */
const TIMES_AFTERWARDS = 1.25;
/** Smaller shares are not written exactly in warnings. */
const LEAST_PERCENT = 0.01;
/** How much a share of the dispersion counts: 1 % of it as much as 8 % of the cut. */
const DISPERSION_FOR_CUT = 8;

/**
 * How strongly clusters that were found with a lower balance show that equal sizes were forced on those of a higher
 * one: the ratio of the separated neighbors' weights, times a factor for lost compactness. Neighbors alone are not
 * enough: for the classes of Fashion-MNIST, which are equal, half the weight is cut when sizes are free, but these
 * clusters are hardly more compact. 0 when the free sizes are almost equal too.
 */
export function costOfEqualSizes(high: CutMeasures, low: CutMeasures): number {
  if (low.imbalance < NEAR_EQUAL) return 0;
  const times = (high.cut + NEXT_TO_NOTHING) / (low.cut + NEXT_TO_NOTHING);
  return times * Math.exp(DISPERSION_FOR_CUT * (1 - low.dispersion / high.dispersion));
}

/** The chosen trial, of trials in order of falling balance: the first, unless later ones show that sizes differ. */
export function chooseTrial<Trial extends BalanceTrial>(trials: readonly [Trial, ...Trial[]]): Trial {
  let chosen = 0;
  for (let next = 1; next < trials.length; next++) {
    const atFirst = next === 1 ? TIMES_BY_THE_FIRST : TIMES_BY_OTHERS;
    const cost = costOfEqualSizes(trials[chosen].measures, trials[next].measures);
    if (cost > (chosen === 0 ? atFirst : TIMES_AFTERWARDS)) chosen = next;
  }
  return trials[chosen];
}

/** The warning that equal sizes were given up. */
export function describeChoice(
  { measures: high }: BalanceTrial,
  { balance, measures: low }: BalanceTrial,
): string {
  return (
    `Clusters seem to differ in size: a balance of ${balance} was chosen, which cuts ${percent(low.cut)} of the neighbors' weight, ` +
    `where equal sizes cut ${percent(high.cut)}. Set balance to ${BALANCES[0]} if classes are known to be equal.`
  );
}

/** The warning that equal sizes were asked for although classes seem to differ in size. */
export function describeDoubt({ balance, measures: high }: BalanceTrial, low: BalanceTrial): string {
  return (
    `A balance of ${balance} cuts ${percent(high.cut)} of the neighbors' weight, one of ${low.balance} ${percent(low.measures.cut)}: ` +
    `clusters seem to differ in size. Lower the balance, or leave it at 'auto'.`
  );
}

/** Two digits of a share, as a plain number. Rounding errors of 0 would need many more digits. */
function percent(share: number): string {
  const value = 100 * Math.max(0, share);
  if (value > 0 && value < LEAST_PERCENT) return `less than ${LEAST_PERCENT} %`;
  return `${Number(value.toPrecision(2))} %`;
}
