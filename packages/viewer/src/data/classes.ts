import { NO_CLUSTER } from './labels.ts';
import { requireLength } from './require.ts';
import type { Classes } from './types.ts';

/** True classes, as the caller gives them. */
export interface ClassesInput {
  /** Class of each point, N: with `names` an index into them, else any numbers or words. */
  readonly labels: ArrayLike<number | string>;
  readonly names?: readonly string[] | undefined;
}

/** The most cells of a table of classes and clusters: 16 MB of a view. */
const MOST_CELLS = 1 << 22;

/**
 * Numbers the classes and counts them in each cluster.
 *
 * @param clusters labels from 0 to `count` - 1, or larger for no cluster, N
 * @returns nothing when there are so many classes and clusters that their table would be too large
 * @throws {ShapeError} when there is not one class per point
 */
export function countClasses(input: ClassesInput, clusters: Uint32Array, count: number): Classes | undefined {
  requireLength('classes', input.labels.length, clusters.length);
  const names = input.names ?? distinct(input.labels);
  if (names.length * count > MOST_CELLS) return undefined;
  const numbers = input.names ? undefined : new Map(names.map((name, i) => [name, i]));
  const labels = new Uint32Array(clusters.length);
  const counts = new Uint32Array(count * names.length);
  for (let i = 0; i < labels.length; i++) {
    const label = input.labels[i];
    const number = numbers ? numbers.get(String(label)) : isIndex(label, names.length) ? label : undefined;
    labels[i] = number ?? NO_CLUSTER;
    if (number !== undefined && clusters[i] < count) counts[clusters[i] * names.length + number]++;
  }
  return { labels, names, counts };
}

function isIndex(label: number | string, length: number): label is number {
  return typeof label === 'number' && Number.isInteger(label) && label >= 0 && label < length;
}

/** The distinct labels as names, numbers by size and words in alphabetical order. */
function distinct(labels: ArrayLike<number | string>): string[] {
  const seen = new Set<number | string>();
  for (let i = 0; i < labels.length; i++) seen.add(labels[i]);
  const byOrder = (a: number | string, b: number | string): number =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1;
  return [...new Set([...seen].sort(byOrder).map(String))];
}
