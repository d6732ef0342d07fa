import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/** Probabilities below this share of the largest one cannot change a float64 sum. */
const NEGLIGIBLE = 2 ** -70;

/**
 * Mutual information in nats to expect when the points are dealt at random into classes and clusters of
 * the given sizes (the permutation model of Vinh, Epps & Bailey, "Information theoretic measures for
 * clusterings comparison", JMLR 11 (2010), eq. 24a).
 *
 * A cell of a class of size a and a cluster of size b then follows the hypergeometric distribution. Its
 * probabilities are walked outwards from the mode by their ratio and normalised by their own sum: this
 * needs no log-gamma, whose rounding grows with n, and visits only the few standard deviations that count.
 * Groups of equal size are computed once.
 */
export const expectedMutualInformation: PartitionMeasure = partitionMeasure((table) => {
  const { classSizes, clusterSizes, total } = table;
  const clusters = sizeCounts(clusterSizes);
  let sum = 0;
  for (const [a, classes] of sizeCounts(classSizes)) {
    for (const [b, count] of clusters) sum += classes * count * expectedCell(a, b, total);
  }
  return sum;
});

/** How many groups there are of each size above 0. */
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
