import { matrix, type CovarianceType, type GaussianMixtureParameters, type Matrix } from '@shoal/core';
import type { BenchContext } from '../../bench-case.ts';
import { loadTorch } from '../../peers/torch-peers.ts';
import { covarianceShape } from '../gmm-points.ts';

/** Judges results on a GPU, in the same way for all contenders: the reference engine would take minutes. */
export interface Judge<Result> {
  readonly judge: (result: Result) => Promise<number>;
  /** The judge, for the report. */
  readonly note: string;
}

type Centroids = Float32Array | Float64Array;

/** Inertia of the points around centroids (K x D). */
export async function inertiaJudge(
  points: Matrix,
  { engine, torch, files, signal }: BenchContext,
): Promise<Judge<Centroids>> {
  const loaded = await loadTorch(torch);
  const clustersOf = ({ length }: Centroids): number => length / points.columns;
  if (typeof loaded === 'string') {
    return {
      note: `the inertia of all centroids is that of shoal's own assignment: ${loaded}`,
      async judge(centroids) {
        const session = await engine.createKMeans(points, { clusters: clustersOf(centroids), signal });
        try {
          await session.writeCentroids(centroids);
          return (await session.assign()).inertia;
        } finally {
          session.destroy();
        }
      },
    };
  }
  return {
    note: 'torch computes the inertia of all centroids, in float64 from labels of float32 products',
    async judge(centroids) {
      const rows = matrix(centroids, clustersOf(centroids), points.columns);
      const request = { points: await files.matrix(points), centroids: await files.matrix(rows) };
      return loaded.peers.judge('inertia', request);
    },
  };
}

/** Mean log-likelihood of the points under a mixture. */
export async function likelihoodJudge(
  points: Matrix,
  covarianceType: CovarianceType,
  { engine, torch, files, signal }: BenchContext,
): Promise<Judge<GaussianMixtureParameters>> {
  const loaded = await loadTorch(torch);
  if (typeof loaded === 'string') {
    return {
      note: `the log-likelihood under all parameters is that of shoal's own E-step: ${loaded}`,
      async judge(parameters) {
        const components = parameters.weights.length;
        const options = { components, covarianceType, regCovar: 0, signal };
        const session = await engine.createGaussianMixture(points, options);
        try {
          await session.writeParameters(parameters);
          return (await session.evaluate()).lowerBound;
        } finally {
          session.destroy();
        }
      },
    };
  }
  return {
    note: 'torch computes the log-likelihood under all parameters, in float64',
    async judge({ weights, means, covariances }) {
      return loaded.peers.judge('log_likelihood', {
        points: await files.matrix(points),
        weights: await files.vector(weights),
        means: await files.matrix(matrix(means, weights.length, points.columns)),
        covariances: await files.vector(covariances),
        covarianceType,
        covarianceShape: covarianceShape(covarianceType, weights.length, points.columns),
      });
    },
  };
}
