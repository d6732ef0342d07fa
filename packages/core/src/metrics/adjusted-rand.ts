import { pairConfusionMatrix } from './pair-confusion.ts';
import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/**
 * Adjusted Rand index, from -0.5 to 1: the Rand index corrected for chance, 1 for the same partition and
 * about 0 for independent ones. Hubert & Arabie, Journal of Classification 2 (1985); in the form of pair
 * counts of Steinley, Psychological Methods 9 (2004), whose terms are products that float64 carries with
 * a relative error of about 1e-16 at any number of points.
 */
export const adjustedRandIndex: PartitionMeasure = partitionMeasure((table) => {
  const [[apart, clusterOnly], [classOnly, together]] = pairConfusionMatrix.fromContingency(table);
  if (clusterOnly === 0 && classOnly === 0) return 1;
  return (
    (2 * (together * apart - classOnly * clusterOnly)) /
    ((together + classOnly) * (classOnly + apart) + (together + clusterOnly) * (clusterOnly + apart))
  );
});
