import { pairConfusionMatrix } from './pair-confusion.ts';
import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/**
 * Fowlkes-Mallows index, from 0 to 1: the geometric mean of precision and recall over pairs of points that share a
 * cluster. When neither partition puts two points together, they are the same partition and score 1 (scikit-learn says
 * 0). Fowlkes & Mallows, JASA 78 (1983).
 */
export const fowlkesMallowsIndex: PartitionMeasure = partitionMeasure((table) => {
  const [[, clusterOnly], [classOnly, together]] = pairConfusionMatrix.fromContingency(table);
  if (clusterOnly === 0 && classOnly === 0) return 1;
  if (together === 0) return 0;
  // Two roots rather than one of the product: that keeps large counts in range and exact ones exact.
  return Math.sqrt(together / (together + clusterOnly)) * Math.sqrt(together / (together + classOnly));
});
