import type { Random } from '../random.ts';

/** Greatest number of rejections before the running sum of the weights is used. */
const MOST_REJECTIONS = 64;

/**
 * One row index, drawn with probability proportional to its weight: by rejection, so that equal weights draw the same
 * rows as no weights. After many rejections (when few rows have most of the weight) the running sum is used.
 */
export function drawByWeight(rows: number, weights: Float32Array | undefined, random: Random): number {
  if (!weights) return random.integer(rows);
  const largest = weights.reduce((most, weight) => Math.max(most, weight), 0);
  for (let draw = 0; draw < MOST_REJECTIONS; draw++) {
    const row = random.integer(rows);
    if (weights[row] === largest || random.uniform() * largest < weights[row]) return row;
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let left = random.uniform() * total;
  let last = 0;
  for (let i = 0; i < rows; i++) {
    if (weights[i] === 0) continue;
    last = i;
    left -= weights[i];
    if (left < 0) break;
  }
  return last;
}

/**
 * `count` different row indices of positive weight, one after another, each with probability proportional to its weight
 * among those that are left, as scikit-learn draws random starts. Equal weights draw the same rows as no weights.
 *
 * @param except rows that are not to be drawn
 */
export function drawDistinctRows(
  rows: number,
  count: number,
  random: Random,
  weights?: Float32Array,
  except?: ReadonlySet<number>,
): Uint32Array {
  if (!weights && !except) return random.distinct(count, rows);
  const usable = Uint32Array.from({ length: rows }, (_, i) => i).filter(
    (row) => weights?.[row] !== 0 && !except?.has(row),
  );
  if (weights && usable.some((row) => weights[row] !== weights[usable[0]])) {
    return drawHeavyRows(usable, count, weights, random);
  }
  return random.distinct(count, usable.length).map((i) => usable[i]);
}

/**
 * Each row gets an exponential random time, with its weight as the rate; the rows with the least times are drawn, in
 * that order (Efraimidis & Spirakis, "Weighted random sampling with a reservoir", Information Processing Letters 97(5),
 * 2006).
 */
function drawHeavyRows(
  usable: Uint32Array,
  count: number,
  weights: Float32Array,
  random: Random,
): Uint32Array {
  const rows: number[] = [];
  const times: number[] = [];
  for (const row of usable) {
    const time = -Math.log(1 - random.uniform()) / weights[row];
    if (rows.length === count && time >= times[count - 1]) continue;
    let at = rows.length;
    while (at > 0 && time < times[at - 1]) at--;
    rows.splice(at, 0, row);
    times.splice(at, 0, time);
    if (rows.length > count) {
      rows.pop();
      times.pop();
    }
  }
  return Uint32Array.from(rows);
}
