import type { AutoencoderSettings } from '../autoencoder/options.ts';
import type { OptimizerName } from '../training/optimizer.ts';

/** How a code is trained to fall into clusters, without seed and backend: plain data. */
export interface EmbeddedClusteringSettings {
  /** The autoencoder trained first; default that of `defaultEmbeddedClustering`. */
  readonly autoencoder?: AutoencoderSettings | undefined;
  /** For `idec`: factor of the clustering loss relative to the reconstruction loss, above 0. */
  readonly gamma?: number | undefined;
  readonly optimizer?: OptimizerName | undefined;
  /** Above 0. */
  readonly learningRate?: number | undefined;
  /** Number of points of a step, at least 1. */
  readonly batchSize?: number | undefined;
  /** Number of steps from one target distribution to the next, at least 1. */
  readonly updateInterval?: number | undefined;
  /** Greatest number of steps, at least 1. */
  readonly maxIterations?: number | undefined;
  /** Training ends when less than this share of the points changes clusters from one target to the next; at least 0. */
  readonly tolerance?: number | undefined;
}
