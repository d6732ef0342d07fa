import {
  GaussianMixture,
  type CovarianceType,
  type GaussianMixtureParameters,
  type Matrix,
} from '@shoal/core';
import {
  SAME_RESULT,
  type BenchCase,
  type BenchContext,
  type Contender,
  type Workload,
} from '../bench-case.ts';
import { SHOAL_FLOAT32 } from '../bench-case.ts';
import { logLikelihoodOf } from '../judge.ts';
import {
  COVARIANCE_TYPES,
  covarianceShape,
  mixturePoints,
  mixtureStart,
  mixtureTask,
  REG_COVAR,
} from './gmm-points.ts';
import { emWork } from './work.ts';

/** A whole EM fit with a fixed number of iterations from given parameters. */
export const gmmFit: BenchCase = {
  name: 'gmm-fit',
  summary: 'a Gaussian mixture from given parameters, by covariance type',
  workloads: (quick) => COVARIANCE_TYPES.map((covarianceType) => fitWorkload(covarianceType, quick)),
};

/** A mixture that all contenders fit from the same start. */
export interface MixtureFit {
  readonly points: Matrix;
  readonly covarianceType: CovarianceType;
  readonly start: GaussianMixtureParameters;
  readonly iterations: number;
}

function fitWorkload(covarianceType: CovarianceType, quick: boolean): Workload {
  const { shape, iterations, parameters } = mixtureTask(quick);
  return {
    name: covarianceType,
    parameters: { ...parameters, covarianceType, iterations, dtype: 'float32' },
    quality: { name: 'mean log-likelihood', tolerance: SAME_RESULT },
    work: emWork(shape, covarianceType, iterations),
    timed: 'run',
    repetitions: 5,
    target: 0.3,
    async prepare(context) {
      const points = await mixturePoints(shape, context.signal);
      const start = await mixtureStart(points, shape.clusters, covarianceType, context.signal);
      const fit = { points, covarianceType, start, iterations };
      const contenders = [ourMixture(fit, context)];
      if (context.python?.has('scikit-learn') === true) {
        // float64 is often faster than float32 there.
        contenders.push(
          scikitLearnMixture(fit, 'float32', context),
          scikitLearnMixture(fit, 'float64', context),
        );
      }
      return { contenders };
    },
  };
}

/** Shoal's fit, from points on the host to labels on the host. */
export function ourMixture(
  { points, covarianceType, start, iterations }: MixtureFit,
  { engine, signal }: BenchContext,
  judge = judgeInFloat64(points, covarianceType, signal),
): Contender {
  return {
    ...SHOAL_FLOAT32,
    async run() {
      const mixture = new GaussianMixture({
        clusters: start.weights.length,
        covarianceType,
        regCovar: REG_COVAR,
        init: start,
        maxIterations: iterations,
        tolerance: 0,
        engine,
      });
      const startedAt = performance.now();
      const model = await mixture.fit(points, { signal });
      const seconds = (performance.now() - startedAt) / 1000;
      return {
        seconds,
        iterations: model.iterations,
        quality: () => judge(model),
      };
    },
  };
}

/** scikit-learn's fit; it must be installed. */
export function scikitLearnMixture(
  { points, covarianceType, start, iterations }: MixtureFit,
  dtype: 'float32' | 'float64',
  { python, files, signal }: BenchContext,
  judge = judgeInFloat64(points, covarianceType, signal),
): Contender {
  const { columns } = points;
  const components = start.weights.length;
  return {
    name: `scikit-learn ${dtype}`,
    role: 'peer',
    dtype,
    async run() {
      const [weightsOut, meansOut, covariancesOut] = Array.from({ length: 3 }, () => files.result('npy'));
      const timing = await python!.time('gmm', {
        points: await files.matrix(points),
        weights: await files.vector(start.weights),
        means: await files.matrix({
          location: 'host',
          data: start.means,
          rows: components,
          columns,
          scale: 1,
        }),
        covariances: await files.vector(start.covariances),
        covarianceShape: covarianceShape(covarianceType, components, columns),
        covarianceType,
        dtype,
        regCovar: REG_COVAR,
        iterations,
        weightsOut,
        meansOut,
        covariancesOut,
      });
      return {
        ...timing,
        async quality() {
          const [weights, means, covariances] = await Promise.all(
            [weightsOut, meansOut, covariancesOut].map(async (file) =>
              Float64Array.from(await files.read(file)),
            ),
          );
          return judge({ weights, means, covariances });
        },
      };
    },
  };
}

function judgeInFloat64(
  points: Matrix,
  covarianceType: CovarianceType,
  signal: AbortSignal,
): (parameters: GaussianMixtureParameters) => Promise<number> {
  return (parameters) => logLikelihoodOf(points, covarianceType, parameters, signal);
}
