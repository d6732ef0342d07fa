import type { DateColumn, NumberColumn } from '@shoal/tables';
import { valueScale } from '../columns/value-scale.ts';

/** The most bins; on a narrow panel they are then 5 pixels wide. */
const MAX_BINS = 48;
/** The bin of a point without a value. */
const NO_BIN = 255;

/** A column in bins of equal width; the first and the last also have the outliers beyond them. */
export interface Histogram {
  readonly bins: number;
  /** Whether each bin is one whole number. */
  readonly whole: boolean;
  /** The lower end of the first bin, and the upper end of the last. */
  readonly low: number;
  readonly high: number;
  /** The bin of each point. */
  readonly binOf: Uint8Array;
  /** Number of points without a value. */
  readonly missing: number;
}

const known = new WeakMap<NumberColumn | DateColumn, Histogram>();

/** The bins of a column, found once. Each of a few whole numbers has its own bin. */
export function histogramOf(column: NumberColumn | DateColumn, count: number): Histogram {
  const histogram = known.get(column) ?? makeHistogram(column, count);
  known.set(column, histogram);
  return histogram;
}

function makeHistogram(column: NumberColumn | DateColumn, count: number): Histogram {
  const { values } = column;
  const scale = valueScale(column);
  const isWhole = column.type === 'number' && column.integers && scale.high - scale.low < MAX_BINS;
  const [low, high] = isWhole
    ? [Math.ceil(scale.low) - 0.5, Math.floor(scale.high) + 0.5]
    : scale.high > scale.low
      ? [scale.low, scale.high]
      : [scale.low - 0.5, scale.high + 0.5];
  const bins = isWhole ? high - low : MAX_BINS;
  const factor = bins / (high - low);
  const binOf = new Uint8Array(count);
  let missing = 0;
  for (let point = 0; point < count; point++) {
    const value = values[point];
    if (Number.isNaN(value)) {
      binOf[point] = NO_BIN;
      missing++;
    } else binOf[point] = Math.max(0, Math.min(bins - 1, Math.floor((value - low) * factor)));
  }
  return { bins, whole: isWhole, low, high, binOf, missing };
}

/** Number of points in each bin. @param passing 1 for each point that counts; default all */
export function countBins({ bins, binOf }: Histogram, passing?: Uint8Array): Uint32Array {
  const counts = new Uint32Array(NO_BIN + 1);
  if (passing === undefined) for (const bin of binOf) counts[bin]++;
  else for (let point = 0; point < binOf.length; point++) counts[binOf[point]] += passing[point];
  return counts.slice(0, bins);
}

/** The value between two bins: the lower end of one of them. */
export function edgeOf({ low, high, bins }: Histogram, bin: number): number {
  return low + ((high - low) * bin) / bins;
}

/** The edge between bins that is nearest to a value. */
export function nearestEdge({ low, high, bins }: Histogram, value: number): number {
  return Math.max(0, Math.min(bins, Math.round(((value - low) / (high - low)) * bins)));
}
