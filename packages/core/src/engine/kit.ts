/**
 * For authors of engines: the interfaces of sessions, and the host-side checks and float64 closing steps all engines share.
 * Published as `@shoal/core/engine-kit`.
 */
export {
  NO_COMPONENT,
  type EmIteration,
  type GaussianMixtureSession,
  type GaussianMixtureSessionOptions,
  type GivenResponsibilities,
  type PartStatistics,
  type ResponsibilitySource,
  type SufficientStatistics,
} from './mixture/session.ts';
export type { ColumnMoments, SessionOptions } from './session.ts';
export type { KMeansIteration, KMeansSession, KMeansSessionOptions } from './kmeans/session.ts';
export type {
  AssignmentState,
  BoundState,
  KMeansPartOptions,
  KMeansPartSession,
  PartMeasures,
  PartTotals,
  SeedState,
  WholeAssignment,
  WholePoints,
} from './kmeans/part-session.ts';
export type { MatrixProductSession } from './products/session.ts';
export {
  MAX_NEGATIVES,
  MAX_STEPS,
  PARTS_OF_NEGATIVE,
  RATE_OF_ONE,
  type GraphLayoutOptions,
  type GraphLayoutSession,
} from './layout/session.ts';
export type { NeighborSearchOptions, NeighborSearchSession } from './neighbors/session.ts';
export type { LeastEdges, SpanningOptions, SpanningSession } from './spanning/session.ts';
export { isShorter, type Edge } from './spanning/is-shorter.ts';
export { Destroyable } from '../destroyable.ts';
export { initialResponsibilities, type FillResponsibilities } from './arithmetic/initial-responsibilities.ts';
export { EmSteps } from './arithmetic/em-steps.ts';
export { copyParameters } from './arithmetic/copy-parameters.ts';
export { covarianceLength, finishMStep, secondMomentLength } from './arithmetic/m-step.ts';
export { precisionFactors, singularCovariance, type PrecisionFactors } from './arithmetic/precisions.ts';
export { lloydSteps } from './arithmetic/lloyd-steps.ts';
export { moveCentroids } from './arithmetic/move-centroids.ts';
export { greatestOf } from '../linear-algebra/extremes.ts';
export { addTotals } from './arithmetic/add-totals.ts';
export { narrowLabels } from './arithmetic/narrow-labels.ts';
export { drawSeedsOneByOne } from './arithmetic/draw-seeds.ts';
export { exactStep, magicOf } from './arithmetic/exact-steps.ts';
export { Seeding, type SeedPass, type SeedPasses, type WaitingSeed } from './arithmetic/seeding.ts';
export { addSeedTotals } from './arithmetic/seed-totals.ts';
export { sampleRowsByMass } from './arithmetic/sample-rows.ts';
export { atOnce, chunkRows, forEachChunk, inTurns, type Pausable } from '../chunks.ts';
export { DisjointSets } from '../disjoint-sets.ts';
export { setDefaultEngine } from '../default-engine.ts';
export { assertLayout } from './layout/input.ts';
export { pullPhases } from './layout/pull-phases.ts';
export {
  assertComponents,
  assertCount,
  assertLength,
  assertNeighbors,
  assertParameters,
  assertQueries,
  assertRowIndices,
  assertSamples,
  assertSquare,
  assertTrials,
  assertWeights,
} from './session-input.ts';
