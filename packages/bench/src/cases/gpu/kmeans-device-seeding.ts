import type { BenchCase, Workload } from '../../bench-case.ts';
import { samePotential, seedingContenders } from '../kmeans-seeding.ts';
import { seedingWork, type Shape } from '../work.ts';
import { describeNoise, devicePoints } from './device-points.ts';
import { GPU_ROUNDS, requireWebGpu } from './engine.ts';
import { inertiaJudge } from './judge.ts';

/** Only greedy k-means++, on points of a GPU's size. */
export const kmeansDeviceSeeding: BenchCase = {
  name: 'kmeans-device-seeding',
  summary: 'greedy k-means++ seeds on WebGPU: points on the host in, seeds out',
  onlyWhenNamed: true,
  workloads: (quick) => [
    seedingWorkload(
      'million-64',
      { rows: quick ? 300 : 2 ** 20, columns: 32, clusters: quick ? 8 : 64 },
      quick,
    ),
    seedingWorkload(
      'hundred-thousand-1024',
      { rows: quick ? 300 : 100_000, columns: 128, clusters: quick ? 8 : 1024 },
      quick,
    ),
  ],
};

function seedingWorkload(name: string, shape: Shape, quick: boolean): Workload {
  const { rows, columns, clusters } = shape;
  const { data, seed } = describeNoise(rows);
  return {
    ...{ name, seconds: 30, ...GPU_ROUNDS },
    parameters: { ...shape, dtype: 'float32', data, seed, trials: '2 + floor(ln K)' },
    quality: samePotential(quick),
    work: seedingWork(shape),
    timed: 'run',
    async prepare(context) {
      requireWebGpu(context.engine);
      const points = await devicePoints(rows, columns, context.signal);
      const { judge, note } = await inertiaJudge(points, context);
      const contenders = seedingContenders(points, { clusters, seed }, context, judge);
      // scikit-learn takes seconds.
      return { contenders: contenders.map((one) => ({ ...one, once: one.role === 'peer' })), notes: [note] };
    },
  };
}
