import { InvalidArgumentError, type Engine } from '@shoal/core';
import { requireNonNegative, requireOneOf, requirePositive, requireWholeNumber } from '@shoal/core/model-kit';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { OPTIMIZERS, type OptimizerName } from '../training/optimizer.ts';
import { defaultEmbeddedClustering } from './presets.ts';
import type { EmbeddedClusteringSettings } from './settings.ts';

export const EMBEDDED_OBJECTIVES = ['dec', 'idec'] as const;

/** `dec` trains without the reconstruction loss, `idec` with it. */
export type EmbeddedObjective = (typeof EMBEDDED_OBJECTIVES)[number];

/** Settings of `EmbeddedClustering`. */
export interface EmbeddedClusteringOptions extends EmbeddedClusteringSettings {
  readonly objective: EmbeddedObjective;
  /** Clusters, K. */
  readonly clusters: number;
  /** Number of starts of the k-means that finds the first centers; default 10. */
  readonly nInit?: number | undefined;
  /** Seed of all parts, a whole number from 0 to 2^53 - 1; default 0. */
  readonly seed?: number | undefined;
  /** The backend that computes the network; do not destroy it before the models. */
  readonly backend: TensorBackend;
  /**
   * The engine that clusters; on a WebGPU backend, the WebGPU engine of the same device. Default the one that
   * `defaultEngine` opens.
   */
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
  readonly maxIterations: number;
  readonly tolerance: number;
}

/** @throws {InvalidArgumentError} naming the setting that is out of its range, or that has no effect */
export function resolveEmbedded(options: EmbeddedClusteringOptions): ResolvedEmbeddedSettings {
  const { objective, gamma } = options;
  requireOneOf('objective', objective, EMBEDDED_OBJECTIVES);
  if (objective === 'dec' && gamma !== undefined) {
    throw new InvalidArgumentError(
      `gamma (${gamma}) weighs the clustering loss against the reconstruction, which DEC does not use: leave it out.`,
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
    maxIterations: requireWholeNumber('maxIterations', options.maxIterations ?? preset.maxIterations, 1),
    tolerance: requireNonNegative('tolerance', options.tolerance ?? preset.tolerance),
  };
}
