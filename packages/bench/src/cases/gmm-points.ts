import {
  createReferenceEngine,
  type CovarianceType,
  type GaussianMixtureParameters,
  type Matrix,
} from '@shoal/core';
import { blobs, startingRows } from '../data/point-sets.ts';
import type { Shape } from './work.ts';

export const COVARIANCE_TYPES = ['full', 'tied', 'diag', 'spherical'] as const satisfies CovarianceType[];
export const REG_COVAR = 1e-6;
const SEED = 32;

/** Shape, points and iterations of all mixture cases. */
export function mixtureTask(quick: boolean): {
  readonly shape: Shape;
  readonly iterations: number;
  readonly parameters: Readonly<Record<string, string | number>>;
} {
  const shape = quick ? { rows: 300, columns: 4, clusters: 3 } : { rows: 60_000, columns: 32, clusters: 10 };
  return {
    shape,
    iterations: quick ? 3 : 20,
    parameters: {
      ...shape,
      data: `${shape.clusters} blobs, centers ~ N(0, 0.5^2 I), points = center + N(0, I)`,
      seed: SEED,
      start: 'the M-step of the partition by the nearest of K random rows',
      tolerance: 0,
      regCovar: REG_COVAR,
    },
  };
}

/** The shape of covariances, for libraries that need arrays of this shape. */
export function covarianceShape(
  covarianceType: CovarianceType,
  components: number,
  columns: number,
): readonly number[] {
  return {
    full: [components, columns, columns],
    tied: [columns, columns],
    diag: [components, columns],
    spherical: [components],
  }[covarianceType];
}

export async function mixturePoints(
  { rows, columns, clusters }: Shape,
  signal: AbortSignal,
): Promise<Matrix> {
  return (await blobs({ rows, columns, centers: clusters, spread: 0.5, seed: SEED }, signal)).points;
}

/** The parameters from which all contenders start: computed once, in float64, outside all timing. */
export async function mixtureStart(
  points: Matrix,
  components: number,
  covarianceType: CovarianceType,
  signal: AbortSignal,
): Promise<GaussianMixtureParameters> {
  const reference = createReferenceEngine();
  const kmeans = await reference.createKMeans(points, { clusters: components, signal });
  await kmeans.writeCentroids(Float32Array.from(startingRows(points, components, SEED).data));
  await kmeans.assign();
  const labels = await kmeans.readLabels();
  kmeans.destroy();
  const options = { components, covarianceType, regCovar: REG_COVAR, signal };
  const mixture = await reference.createGaussianMixture(points, options);
  await mixture.initialize({ kind: 'labels', labels });
  const parameters = await mixture.readParameters();
  mixture.destroy();
  return parameters;
}
