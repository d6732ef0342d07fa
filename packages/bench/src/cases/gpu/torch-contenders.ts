import { matrix } from '@shoal/core';
import type { BenchContext, Contender } from '../../bench-case.ts';
import { loadTorch } from '../../peers/torch-peers.ts';
import { covarianceShape, REG_COVAR } from '../gmm-points.ts';
import type { MixtureFit } from '../gmm-fit.ts';
import type { CentroidJudge, KMeansTask } from '../kmeans-contenders.ts';
import { settleSeconds } from './engine.ts';
import type { Judge } from './judge.ts';
import { NARROW_TOLERANCE } from './kmeans-shapes.ts';

/** Where timed work starts and ends: iterations on points that are on the device, or points and labels on the host. */
export type Ends = 'device' | 'host';

/** A call of PyTorch's process that does k-means. */
interface KMeansCall {
  readonly name: string;
  readonly operation: 'lloyd' | 'flash_kmeans';
  readonly precision: 'float32' | 'tf32' | 'float16';
}

/**
 * The same iterations in plain PyTorch and in flash-kmeans, those that are installed. Narrow types are only measured on
 * a GPU.
 */
export async function torchKMeans(
  { points, start, iterations }: KMeansTask,
  ends: Ends,
  judge: CentroidJudge,
  { torch, files, quick }: BenchContext,
): Promise<Contender[]> {
  const loaded = await loadTorch(torch);
  if (typeof loaded === 'string') return [];
  const { peers, gpu, flash } = loaded;
  const calls: KMeansCall[] = [{ name: 'torch float32', operation: 'lloyd', precision: 'float32' }];
  if (gpu !== null) {
    calls.push(
      { name: 'torch tf32', operation: 'lloyd', precision: 'tf32' },
      { name: 'torch float16', operation: 'lloyd', precision: 'float16' },
    );
  }
  if (flash) {
    const operation = 'flash_kmeans';
    // Its Triton kernels multiply float32 as TF32.
    if (gpu === null) calls.push({ name: 'flash-kmeans float32', operation, precision: 'float32' });
    else {
      calls.push(
        { name: 'flash-kmeans tf32', operation, precision: 'tf32' },
        { name: 'flash-kmeans float16', operation, precision: 'float16' },
      );
    }
  }
  return calls.map(({ name, operation, precision }): Contender => ({
    name,
    role: 'peer',
    dtype: precision,
    tolerance: precision === 'float32' ? undefined : NARROW_TOLERANCE,
    async run() {
      const out = files.result('npy');
      const timing = await peers.time(operation, {
        points: await files.matrix(points),
        centroids: await files.matrix(start),
        settleSeconds: settleSeconds(quick),
        ...{ iterations, precision, ends, out },
      });
      return { ...timing, quality: async () => judge(await files.read(out)) };
    },
  }));
}

/** The same EM iterations in plain PyTorch, if it is installed. */
export async function torchMixture(
  { points, covarianceType, start, iterations }: MixtureFit,
  ends: Ends,
  { judge }: Judge<MixtureFit['start']>,
  { torch, files, quick }: BenchContext,
): Promise<Contender[]> {
  const loaded = await loadTorch(torch);
  if (typeof loaded === 'string') return [];
  const contender: Contender = {
    name: 'torch float32',
    role: 'peer',
    dtype: 'float32',
    async run() {
      const outs = Array.from({ length: 3 }, () => files.result('npy'));
      const timing = await loaded.peers.time('em', {
        points: await files.matrix(points),
        weights: await files.vector(start.weights),
        means: await files.matrix(matrix(start.means, start.weights.length, points.columns)),
        covariances: await files.vector(start.covariances),
        covarianceShape: covarianceShape(covarianceType, start.weights.length, points.columns),
        regCovar: REG_COVAR,
        settleSeconds: settleSeconds(quick),
        ...{ covarianceType, iterations, ends },
        ...{ weightsOut: outs[0], meansOut: outs[1], covariancesOut: outs[2] },
      });
      return {
        ...timing,
        async quality() {
          const [weights, means, covariances] = await Promise.all(
            outs.map(async (file) => Float64Array.from(await files.read(file))),
          );
          return judge({ weights, means, covariances });
        },
      };
    },
  };
  return [contender];
}
