import { averageEntropy, type EntropyAverageOptions } from './average.ts';
import { isSamePartition } from './contingency.ts';
import { entropyOfSizes } from './entropy.ts';
import { mutualInformation } from './mutual-information.ts';
import { partitionMeasure, type PartitionMeasure } from './partition-measure.ts';

/**
 * Normalized mutual information, from 0 to 1: I / mean(H(classes), H(clusters)), the mean being
 * arithmetic (then it equals the V-measure), geometric, min or max. The same partition scores exactly 1,
 * independent ones exactly 0. Strehl & Ghosh, "Cluster ensembles", JMLR 3 (2002); Vinh, Epps & Bailey,
 * JMLR 11 (2010) for the averages.
 *
 * @throws {InvalidArgumentError} for an unknown average
 */
export const normalizedMutualInformation: PartitionMeasure<[options?: EntropyAverageOptions]> =
  partitionMeasure((table, options: EntropyAverageOptions = {}) => {
    const { classSizes, clusterSizes, total } = table;
    const normalizer = averageEntropy(
      entropyOfSizes(classSizes, total),
      entropyOfSizes(clusterSizes, total),
      options.average,
    );
    if (isSamePartition(table)) return 1;
    const information = mutualInformation.fromContingency(table);
    // Without information the normalizer may be 0 too.
    return information === 0 ? 0 : Math.min(1, information / normalizer);
  });
