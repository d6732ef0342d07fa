import { pairConfusionMatrix } from './pair-confusion.ts';
import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/**
 * Rand index, from 0 to 1: the share of pairs of points that both partitions keep together or both keep apart; 1 when
 * there are no pairs. Rand, JASA 66 (1971).
 */
export const randIndex: PartitionMeasure = partitionMeasure((table) => {
  const [[apart, clusterOnly], [classOnly, together]] = pairConfusionMatrix.fromContingency(table);
  const agreeing = apart + together;
  const all = agreeing + clusterOnly + classOnly;
  return all === 0 ? 1 : agreeing / all;
});
