/**
 * For those who write an engine: the host-side checks and float64 closing steps all engines share.
 * Published as `@shoal/core/engine-kit`.
 */
export { Destroyable } from '../destroyable.ts';
export { initialResponsibilities, type FillResponsibilities } from '../gmm/initial-responsibilities.ts';
export {
  covarianceLength,
  finishMStep,
  secondMomentLength,
  type SufficientStatistics,
} from '../gmm/m-step.ts';
export { precisionFactors, singularCovariance, type PrecisionFactors } from '../gmm/precisions.ts';
export { moveCentroids } from '../kmeans/move-centroids.ts';
export { drawSeedsOneByOne } from '../kmeans/draw-seeds.ts';
export { sampleRowsByMass } from '../kmeans/sample-rows.ts';
export { atOnce, chunkRows, forEachChunk, inTurns, type Pausable } from './reference/chunks.ts';
export { setDefaultEngine } from '../default-engine.ts';
export { assertLayout } from './layout/input.ts';
export { pullPhases } from './layout/pull-phases.ts';
export {
  assertCount,
  assertLength,
  assertNeighbors,
  assertParameters,
  assertQueries,
  assertRowIndices,
  assertTrials,
  assertWeights,
} from './session-input.ts';
