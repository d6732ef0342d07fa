import type { CovarianceType } from '@shoal/core';
import type { BenchCase, Workload } from '../bench-case.ts';
import { SHOAL_FLOAT32 } from '../bench-case.ts';
import { logLikelihoodOf } from '../judge.ts';
import { COVARIANCE_TYPES, mixturePoints, mixtureStart, mixtureTask, REG_COVAR } from './gmm-points.ts';
import { emWork } from './work.ts';

/** One EM iteration of a session with points already on the device. Libraries do not have a call for this. */
export const gmmStep: BenchCase = {
  name: 'gmm-step',
  summary: 'one EM iteration, the mean of several, by covariance type',
  workloads: (quick) => COVARIANCE_TYPES.map((covarianceType) => stepWorkload(covarianceType, quick)),
};

function stepWorkload(covarianceType: CovarianceType, quick: boolean): Workload {
  const { shape, parameters } = mixtureTask(quick);
  const iterations = quick ? 2 : 10;
  return {
    name: covarianceType,
    parameters: { ...parameters, covarianceType, iterations, dtype: 'float32' },
    quality: { name: 'mean log-likelihood', tolerance: null },
    work: emWork(shape, covarianceType, 1),
    timed: 'iteration',
    repetitions: 5,
    async prepare({ engine, signal }) {
      const points = await mixturePoints(shape, signal);
      const start = await mixtureStart(points, shape.clusters, covarianceType, signal);
      const session = await engine.createGaussianMixture(points, {
        components: shape.clusters,
        covarianceType,
        regCovar: REG_COVAR,
        signal,
      });
      return {
        contenders: [
          {
            ...SHOAL_FLOAT32,
            async run() {
              await session.writeParameters(start);
              const startedAt = performance.now();
              const { length } = await session.step(iterations, 0);
              const seconds = (performance.now() - startedAt) / 1000;
              const reached = await session.readParameters();
              return {
                seconds: seconds / length,
                iterations: length,
                quality: () => logLikelihoodOf(points, covarianceType, reached, signal),
              };
            },
          },
        ],
        release() {
          session.destroy();
        },
      };
    },
  };
}
