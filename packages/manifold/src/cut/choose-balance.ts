import type { CutMeasures } from './partition.ts';

/** What equal sizes may count for, from most to least: the first unless the graph speaks for another. See decision 0102. */
export const BALANCES = [2, 0.2, 0.05, 0.02] as const;

/** What was found with a balance. */
export interface BalanceTrial {
  readonly balance: number;
  readonly measures: CutMeasures;
}

/** Sizes whose divergence from uniform is below this are near enough to equal to be taken for it: 45, 30 and 25 in 100, say. */
const NEAR_EQUAL = 0.045;
/** A share of the weight that is next to nothing, and added to both: tiny cuts are alike, whatever their ratio. */
const NEXT_TO_NOTHING = 0.002;
/** What equal sizes must cost to be given up, by the first lower balance and by others, which leave more freedom to cut less. */
const TIMES_BY_THE_FIRST = 2.5;
const TIMES_BY_OTHERS = 3.5;
/** What a balance must cost beside a lower one once they were: that sizes differ is known then. */
const TIMES_AFTERWARDS = 1.25;
/** Shares below it are not told apart in warnings. */
const LEAST_PERCENT = 0.01;
/** What a share of the dispersion counts for: 1 % of it for 8 % of the cut. */
const DISPERSION_FOR_CUT = 8;

/**
 * How strongly clusters that were found with a lower balance show that equal sizes were forced on those of a higher one: how many
 * times the neighbors these part, times what they are less compact. Neighbors alone do not tell: of Fashion-MNIST's classes, which are
 * equal, half the weight is cut when sizes are let go, but what is found then is hardly more compact. 0 where the sizes that were let go
 * are near to equal all the same.
 */
export function costOfEqualSizes(high: CutMeasures, low: CutMeasures): number {
  if (low.imbalance < NEAR_EQUAL) return 0;
  const times = (high.cut + NEXT_TO_NOTHING) / (low.cut + NEXT_TO_NOTHING);
  return times * Math.exp(DISPERSION_FOR_CUT * (1 - low.dispersion / high.dispersion));
}

/** The trial to go by, of trials in order of falling balance: the first, unless later ones show that sizes differ. */
export function chooseTrial<Trial extends BalanceTrial>(trials: readonly [Trial, ...Trial[]]): Trial {
  let chosen = 0;
  for (let next = 1; next < trials.length; next++) {
    const atFirst = next === 1 ? TIMES_BY_THE_FIRST : TIMES_BY_OTHERS;
    const cost = costOfEqualSizes(trials[chosen].measures, trials[next].measures);
    if (cost > (chosen === 0 ? atFirst : TIMES_AFTERWARDS)) chosen = next;
  }
  return trials[chosen];
}

/** That equal sizes were given up. */
export function describeChoice(
  { measures: high }: BalanceTrial,
  { balance, measures: low }: BalanceTrial,
): string {
  return (
    `Clusters seem to differ in size: a balance of ${balance} was chosen, which cuts ${percent(low.cut)} of the neighbors' weight, ` +
    `where equal sizes cut ${percent(high.cut)}. Set balance to ${BALANCES[0]} if classes are known to be equal.`
  );
}

/** That equal sizes were asked for, and should not have been. */
export function describeDoubt({ balance, measures: high }: BalanceTrial, low: BalanceTrial): string {
  return (
    `A balance of ${balance} cuts ${percent(high.cut)} of the neighbors' weight, one of ${low.balance} ${percent(low.measures.cut)}: ` +
    `clusters seem to differ in size. Lower the balance, or leave it at 'auto'.`
  );
}

/** Two digits of a share, as a plain number: what rounding left of nothing would need many more. */
function percent(share: number): string {
  const value = 100 * Math.max(0, share);
  if (value > 0 && value < LEAST_PERCENT) return `less than ${LEAST_PERCENT} %`;
  return `${Number(value.toPrecision(2))} %`;
}
