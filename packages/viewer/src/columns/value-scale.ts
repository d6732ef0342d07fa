import type { DateColumn, NumberColumn } from '@shoal/tables';
import type { ValueScale } from '../state/grouping.ts';
import { dateTicks, numberTicks } from './ticks.ts';

/** More values than this are not all sorted to find the quartiles. */
const MAX_SORTED = 100_000;
/** A value farther than so many interquartile ranges outside of the quartiles is an outlier: Tukey's outer fence. */
const FENCE = 3;

/**
 * The values that a column's colors show. It ends where the values end, but at Tukey's outer fences where there are
 * outliers, so that a few of them do not give all other points one color.
 */
export function valueScale(column: NumberColumn | DateColumn): ValueScale {
  const { values } = column;
  const [low, high] = domainOf(values);
  let [below, above] = [0, 0];
  for (const value of values) {
    if (value < low) below++;
    else if (value > high) above++;
  }
  const ticks =
    column.type === 'date' ? dateTicks(low, high, column.precision) : numberTicks(low, high, column.integers);
  return { column, low, high, below, above, ticks };
}

function domainOf(values: ArrayLike<number>): readonly [low: number, high: number] {
  let [least, most] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least > most) return [0, 0];
  const sorted = someSorted(values);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))];
  const [lower, upper] = [at(0.25), at(0.75)];
  const reach = FENCE * (upper - lower);
  // More than half of the values are the same: any other value would count as an outlier.
  if (!(reach > 0)) return [least, most];
  return [Math.max(least, lower - reach), Math.min(most, upper + reach)];
}

function someSorted(values: ArrayLike<number>): Float64Array {
  const step = Math.max(1, Math.ceil(values.length / MAX_SORTED));
  const some = new Float64Array(Math.ceil(values.length / step));
  for (let i = 0; i < some.length; i++) some[i] = values[i * step];
  return some.filter(Number.isFinite).sort();
}
