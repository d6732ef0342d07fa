/**
 * For authors of engines: the host-side checks and float64 closing steps all engines share.
 * Published as `@shoal/core/engine-kit`.
 */
export { Destroyable } from '../destroyable.ts';
export { initialResponsibilities, type FillResponsibilities } from './arithmetic/initial-responsibilities.ts';
export {
  covarianceLength,
  finishMStep,
  secondMomentLength,
  type SufficientStatistics,
} from './arithmetic/m-step.ts';
export { precisionFactors, singularCovariance, type PrecisionFactors } from './arithmetic/precisions.ts';
export { moveCentroids } from './arithmetic/move-centroids.ts';
export { drawSeedsOneByOne } from './arithmetic/draw-seeds.ts';
export { sampleRowsByMass } from './arithmetic/sample-rows.ts';
export { atOnce, chunkRows, forEachChunk, inTurns, type Pausable } from '../chunks.ts';
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
