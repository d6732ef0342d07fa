import { InvalidArgumentError, type Engine } from '@shoal/core';
import { requireNonNegative, requireOneOf, requirePositive, requireWholeNumber } from '@shoal/core/model-kit';
import type { AutoencoderSettings } from '../autoencoder/options.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { OPTIMIZERS, type OptimizerName } from '../training/optimizer.ts';
import { defaultEmbeddedClustering } from './presets.ts';

export const EMBEDDED_OBJECTIVES = ['dec', 'idec'] as const;

/** `dec` lets go of the reconstruction, `idec` keeps it. */
export type EmbeddedObjective = (typeof EMBEDDED_OBJECTIVES)[number];

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
  readonly maxSteps?: number | undefined;
  /** Training ends when a smaller share of the points than this changes its cluster from target to target; at least 0. */
  readonly tolerance?: number | undefined;
}

/** Settings of `EmbeddedClustering`. */
export interface EmbeddedClusteringOptions extends EmbeddedClusteringSettings {
  readonly objective: EmbeddedObjective;
  /** Clusters, K. */
  readonly clusters: number;
  /** Starts of the k-means that the centers come from; default 10. */
  readonly nInit?: number | undefined;
  /** Seed of all, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** Where the network is computed; it must outlive the models. */
  readonly backend: TensorBackend;
  /** What clusters; on a WebGPU backend, the WebGPU engine of the same device. Default the reference engine. */
  readonly engine?: Engine | undefined;
}

/** Settings with every default filled in. */
export interface ResolvedEmbeddedSettings {
  readonly objective: EmbeddedObjective;
  readonly clusters: number;
  readonly gamma: number;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly batchSize: number;
  readonly updateInterval: number;
  readonly maxSteps: number;
  readonly tolerance: number;
}

/** @throws {InvalidArgumentError} naming the setting that is out of its range, or that means nothing */
export function resolveEmbedded(options: EmbeddedClusteringOptions): ResolvedEmbeddedSettings {
  const { objective, gamma } = options;
  requireOneOf('objective', objective, EMBEDDED_OBJECTIVES);
  if (objective === 'dec' && gamma !== undefined) {
    throw new InvalidArgumentError(
      `gamma (${gamma}) weighs the clustering loss against the reconstruction, which DEC has not: leave it out.`,
    );
  }
  const preset = defaultEmbeddedClustering;
  return {
    objective,
    clusters: requireWholeNumber('clusters', options.clusters, 1),
    gamma: requirePositive('gamma', gamma ?? preset.gamma),
    optimizer: requireOneOf('optimizer', options.optimizer ?? preset.optimizer, OPTIMIZERS),
    learningRate: requirePositive('learningRate', options.learningRate ?? preset.learningRate),
    batchSize: requireWholeNumber('batchSize', options.batchSize ?? preset.batchSize, 1),
    updateInterval: requireWholeNumber('updateInterval', options.updateInterval ?? preset.updateInterval, 1),
    maxSteps: requireWholeNumber('maxSteps', options.maxSteps ?? preset.maxSteps, 1),
    tolerance: requireNonNegative('tolerance', options.tolerance ?? preset.tolerance),
  };
}
