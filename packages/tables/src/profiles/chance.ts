/**
 * A trait counts when fewer than this part of random groupings would show any difference as large, in any cluster and
 * column.
 */
export const CHANCE = 0.01;

/**
 * How likely a mean of ranks this far from the middle is, in a random group: an upper bound of both tails of the normal
 * distribution, by Mills' ratio.
 *
 * @param z distance from the middle, in standard deviations
 */
export function normalTails(z: number): number {
  const distance = Math.abs(z);
  return Math.min(1, (Math.sqrt(2 / Math.PI) * Math.exp((-distance * distance) / 2)) / distance);
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
