/**
 * A trait counts when fewer than this part of random groupings would show any difference as large, in any cluster and
 * column.
 */
export const CHANCE = 0.01;

/**
 * How likely the ranks of a random group have a mean this far from the middle, at most: the lesser of two bounds of both
 * tails. One takes the mean for normally distributed, which it is in groups that are not small. The other holds for any
 * size: Chernoff's bound for ranks that are drawn one by one; drawing each row once, and ranks in the middle of equal
 * values, can only make it less likely (Hoeffding, JASA 58(301), 1963).
 *
 * @param mean mean of the ranks from 0.5 to `rows - 0.5`, as a part of `rows`
 * @param size rows in the group
 * @param rows rows in the table
 */
export function rankTails(mean: number, size: number, rows: number): number {
  const distance = Math.abs(mean - 0.5);
  if (!(distance > 0)) return 1;
  const z = distance / Math.sqrt(((rows - size) * (rows + 1)) / (12 * size * rows * rows));
  // Mills' ratio bounds the tail of the normal distribution.
  const normal = (Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2)) / z;
  return Math.min(1, normal, 2 * Math.exp(-size * uniformRate(0.5 + distance)));
}

/** The rate of Chernoff's bound for means of uniform numbers: the greatest `t * mean - log((exp(t) - 1) / t)`. */
function uniformRate(mean: number): number {
  let low = 0;
  let high = 1 / (1 - mean);
  // The derivative falls, from above 0 at `low` to below 0 at `high`.
  for (let i = 0; i < 60; i++) {
    const t = (low + high) / 2;
    if (mean > -1 / Math.expm1(-t) - 1 / t) low = t;
    else high = t;
  }
  return high * (mean - 1) - Math.log(-Math.expm1(-high) / high);
}

/**
 * How likely a random group has as many rows of a kind, or as few: twice the smaller tail of the hypergeometric
 * distribution (Fisher's exact test).
 *
 * @param found rows of the kind in the group
 * @param size rows in the group
 * @param kind rows of the kind in the table
 * @param rows rows in the table
 */
export function countTails(found: number, size: number, kind: number, rows: number): number {
  const isMore = found * rows > size * kind;
  const end = isMore ? Math.min(size, kind) : Math.max(0, size + kind - rows);
  const step = isMore ? 1 : -1;
  // The ratio of neighboring terms has a closed form, so only the first needs logarithms of factorials.
  let term = Math.exp(logChoose(kind, found) + logChoose(rows - kind, size - found) - logChoose(rows, size));
  let sum = term;
  for (let k = found; k !== end && term > sum * 1e-16; k += step) {
    const up = ((kind - k) * (size - k)) / ((k + 1) * (rows - kind - size + k + 1));
    const down = (k * (rows - kind - size + k)) / ((kind - k + 1) * (size - k + 1));
    term *= isMore ? up : down;
    sum += term;
  }
  return Math.min(1, 2 * sum);
}

/**
 * How likely a random group has as many of its rows in some window of neighboring values as wide as this one, at most: Fisher's
 * test for one window, times the number of windows.
 *
 * @param found rows of the group in the window
 * @param size rows in the group
 * @param window rows of the table in the window
 * @param rows rows in the table
 */
export function windowTail(found: number, size: number, window: number, rows: number): number {
  if (found * rows <= size * window) return 1;
  return Math.min(1, (rows - window + 1) * countTails(found, size, window, rows));
}

/** Whether a group of this size can differ so much that chance does not explain it: when all its values are beyond all others. */
export function isEnough(size: number, rows: number, comparisons: number): boolean {
  return 2 * Math.exp(-logChoose(rows, size)) * comparisons <= CHANCE;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** Exact for small numbers, Stirling's series (to 1 / n^5) for others. */
function logFactorial(n: number): number {
  if (n < 16) {
    let product = 1;
    for (let i = 2; i <= n; i++) product *= i;
    return Math.log(product);
  }
  const inverse = 1 / n;
  const series = inverse * (1 / 12 - inverse * inverse * (1 / 360 - (inverse * inverse) / 1260));
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + series;
}
