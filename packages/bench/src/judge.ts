import {
  createReferenceEngine,
  type CovarianceType,
  type GaussianMixtureParameters,
  type Matrix,
} from '@shoal/core';

/**
 * Inertia of points around centroids in float64, by the reference engine: one judge for every contender, including
 * Shoal's, because libraries sum their own in other types, or one assignment earlier.
 *
 * @param centroids K x D
 */
export async function inertiaOf(
  points: Matrix,
  centroids: Float32Array | Float64Array,
  signal: AbortSignal,
): Promise<number> {
  const clusters = centroids.length / points.columns;
  const session = await createReferenceEngine().createKMeans(points, { clusters, signal });
  try {
    await session.writeCentroids(centroids);
    return (await session.assign()).inertia;
  } finally {
    session.destroy();
  }
}

/** Mean log-likelihood of points under a mixture in float64, by the reference engine. */
export async function logLikelihoodOf(
  points: Matrix,
  covarianceType: CovarianceType,
  parameters: GaussianMixtureParameters,
  signal: AbortSignal,
): Promise<number> {
  const components = parameters.weights.length;
  const options = { components, covarianceType, regCovar: 0, signal };
  const session = await createReferenceEngine().createGaussianMixture(points, options);
  try {
    await session.writeParameters(parameters);
    return (await session.evaluate()).lowerBound;
  } finally {
    session.destroy();
  }
}
