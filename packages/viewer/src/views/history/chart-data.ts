import type { HistorySeries } from '../../data/types.ts';

/** Series that share axes: training and validation loss together, any other series alone. */
export interface ChartData {
  readonly title: string;
  /** The name of a step: "iteration". */
  readonly step: string;
  /** Number of steps of the longest series. */
  readonly length: number;
  readonly series: readonly HistorySeries[];
}

/** The charts of a history, in its order. */
export function chartsOf(history: readonly HistorySeries[]): readonly ChartData[] {
  const charts = new Map<string, HistorySeries[]>();
  for (const series of history) {
    const isLoss = /\bloss$/i.test(series.name);
    const key = `${series.step}: ${isLoss ? 'loss' : series.name}`;
    const together = charts.get(key);
    if (together === undefined) charts.set(key, [series]);
    else together.push(series);
  }
  return [...charts.values()].map((series) => ({
    title: capitalized(series.length > 1 ? 'loss' : series[0].name),
    step: series[0].step,
    length: Math.max(...series.map(({ values }) => values.length)),
    series,
  }));
}

/**
 * Round numbers for an axis: steps of 1, 2 or 5 times a power of ten, about `wanted` of them.
 *
 * @returns those within the range, ascending; one number when the range is empty
 */
export function niceTicks(low: number, high: number, about: number): readonly number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / Math.max(1, about);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step);
  const last = Math.floor(high / step);
  // Multiples of the step, rounded to its digits: 3 * 0.1 is 0.30000000000000004.
  const digits = Math.min(100, Math.max(0, -Math.floor(Math.log10(step))));
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toFixed(digits)));
}

/** The least and the largest finite value, a little apart if they are equal; undefined without finite values. */
export function rangeOf(series: readonly HistorySeries[]): readonly [low: number, high: number] | undefined {
  let low = Infinity;
  let high = -Infinity;
  for (const { values } of series) {
    for (const value of values) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return undefined;
  const margin = low === high ? Math.abs(low) / 10 || 1 : (high - low) * 0.06;
  return [low - margin, high + margin];
}

/** Finite values as an SVG path, with a gap where a value is not finite. */
export function linePath(
  values: readonly number[],
  x: (step: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  let pen = 'M';
  values.forEach((value, step) => {
    if (!Number.isFinite(value)) {
      pen = 'M';
      return;
    }
    path += `${pen}${x(step).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = 'L';
  });
  return path;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
