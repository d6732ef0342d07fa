import { forEachChunk } from '../chunks.ts';
import type { Contingency } from './contingency.ts';
import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/** Probabilities below this share of the largest one do not change a float64 sum. */
const NEGLIGIBLE = 2 ** -70;

/**
 * Mutual information in nats to expect when the points are put at random into classes and clusters of the given sizes
 * (the permutation model of Vinh, Epps & Bailey, "Information theoretic measures for clusterings comparison", JMLR 11
 * (2010), eq. 24a).
 *
 * A cell of a class of size a and a cluster of size b then follows the hypergeometric distribution. Its probabilities
 * are computed outward from the mode, each from the one before, and normalized by their own sum. This needs no
 * log-gamma, whose rounding errors grow with n, and visits only the few standard deviations that count. Groups of equal
 * size are computed only once.
 */
export const expectedMutualInformation: PartitionMeasure = partitionMeasure((table) => {
  const expectation = new ExpectedInformation(table);
  for (let size = 0; size < expectation.sizes; size++) expectation.add(size);
  return expectation.sum;
});

/** The same, but it can be stopped. @throws the signal's reason when it is aborted */
export async function expectInformation(
  table: Contingency,
  signal: AbortSignal | undefined,
): Promise<number> {
  const expectation = new ExpectedInformation(table);
  await forEachChunk(expectation.sizes, 1, signal, (size) => {
    expectation.add(size);
  });
  return expectation.sum;
}

/** The sum over all cells, by the sizes of classes. */
class ExpectedInformation {
  sum = 0;
  readonly #classes: readonly (readonly [size: number, count: number])[];
  readonly #clusters: ReadonlyMap<number, number>;
  readonly #total: number;

  constructor({ classSizes, clusterSizes, total }: Contingency) {
    this.#classes = [...sizeCounts(classSizes)];
    this.#clusters = sizeCounts(clusterSizes);
    this.#total = total;
  }

  /** Number of different sizes. */
  get sizes(): number {
    return this.#classes.length;
  }

  /** Adds all cells of classes of one size. */
  add(index: number): void {
    const [a, classes] = this.#classes[index];
    for (const [b, count] of this.#clusters) this.sum += classes * count * expectedCell(a, b, this.#total);
  }
}

/** The number of groups of each size above 0. */
function sizeCounts(sizes: Float64Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const size of sizes) if (size > 0) counts.set(size, (counts.get(size) ?? 0) + 1);
  return counts;
}

/** Expectation of k / n * log(n k / (a b)) for a hypergeometric k: b draws out of n points, a of them marked. */
function expectedCell(a: number, b: number, n: number): number {
  const least = Math.max(0, a + b - n);
  const most = Math.min(a, b);
  const expected = (a * b) / n;
  const mode = Math.min(most, Math.max(least, Math.floor(((a + 1) * (b + 1)) / (n + 2))));
  const term = (k: number): number => (k === 0 ? 0 : (k / n) * Math.log(k / expected));

  let mass = 1;
  let sum = term(mode);
  let weight = 1;
  for (let k = mode; k < most; k++) {
    weight *= ((a - k) / (k + 1)) * ((b - k) / (n - a - b + k + 1));
    if (weight < NEGLIGIBLE) break;
    mass += weight;
    sum += weight * term(k + 1);
  }
  weight = 1;
  for (let k = mode; k > least; k--) {
    weight *= (k / (a - k + 1)) * ((n - a - b + k) / (b - k + 1));
    if (weight < NEGLIGIBLE) break;
    mass += weight;
    sum += weight * term(k - 1);
  }
  return sum / mass;
}
