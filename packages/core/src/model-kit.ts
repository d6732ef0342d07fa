/**
 * For authors of models outside core: checks of settings and reading of saved models, with the same messages for the
 * same mistakes, and the linear algebra of narrow matrices. Published as `@shoal/core/model-kit`.
 */
export { chosenKind, kindNamed, kindOfSaved, type Chosen } from './clusterer/kinds.ts';
export { PipelineModel } from './clusterer/pipeline-model.ts';
export { engineOrDefault } from './default-engine.ts';
export { Destroyable } from './destroyable.ts';
export { symmetricEigen } from './linear-algebra/eigen.ts';
export { isJsonObject } from './json-object.ts';
export { requireHeld } from './linear-algebra/matrix-size.ts';
export { narrowProduct, symmetricPart, transposedProduct } from './linear-algebra/narrow-products.ts';
export { orthonormalize } from './linear-algebra/orthonormalize.ts';
export { nestModelStates, partOfModelState } from './nested-state.ts';
export { isNumericView } from './number-array.ts';
export { nnDescent } from './neighbors/nn-descent.ts';
export { NEIGHBOR_SEARCHES } from './neighbors/search-kind.ts';
export { findOrigin } from './origin/find-origin.ts';
export { centerPoints, movePoints } from './origin/move-points.ts';
export { overDefaults } from './over-defaults.ts';
export { StateReader } from './state-reader.ts';
export { warnOfUnusedClusters } from './unused-clusters.ts';
export {
  requireNonNegative,
  requireOneOf,
  requirePositive,
  requireUsable,
  requireWholeNumber,
} from './validation.ts';
