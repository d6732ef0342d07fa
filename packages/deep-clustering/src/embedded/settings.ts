import type { AutoencoderSettings } from '../autoencoder/options.ts';
import type { OptimizerName } from '../training/optimizer.ts';

/** How a code is trained to fall into clusters, apart from chance and place: plain data. */
export interface EmbeddedClusteringSettings {
  /** The autoencoder trained first; default that of `defaultEmbeddedClustering`. */
  readonly autoencoder?: AutoencoderSettings | undefined;
  /** Factor of the clustering loss beside the reconstruction, of `idec`; above 0. */
  readonly gamma?: number | undefined;
  readonly optimizer?: OptimizerName | undefined;
  /** Above 0. */
  readonly learningRate?: number | undefined;
  /** Points of a step, at least 1. */
  readonly batchSize?: number | undefined;
  /** Steps from one target distribution to the next, at least 1. */
  readonly updateInterval?: number | undefined;
  /** Steps at most, at least 1. */
  readonly maxIterations?: number | undefined;
  /** Training ends when a smaller share of the points than this changes its cluster from target to target; at least 0. */
  readonly tolerance?: number | undefined;
}
