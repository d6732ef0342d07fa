import { KMeans, type Matrix } from '@shoal/core';
import type { BenchCase, BenchContext, Contender, QualityRule } from '../bench-case.ts';
import { SHOAL_FLOAT32 } from '../bench-case.ts';
import { noise } from '../data/point-sets.ts';
import { inertiaOf } from '../judge.ts';
import { judgedRun, type CentroidJudge } from './kmeans-contenders.ts';
import { observeSeeding } from './observe-seeding.ts';
import { seedingWork } from './work.ts';

/** Only greedy k-means++. */
export const kmeansSeeding: BenchCase = {
  name: 'kmeans-seeding',
  summary: 'greedy k-means++ seeds: points in, seeds out',
  workloads: (quick) => {
    const shape = quick
      ? { rows: 300, columns: 16, clusters: 8 }
      : { rows: 100_000, columns: 128, clusters: 1024 };
    const { rows, columns, clusters } = shape;
    const seed = 1026;
    return [
      {
        name: 'seeding-1024',
        parameters: { ...shape, dtype: 'float32', data: 'N(0, I)', seed, trials: '2 + floor(ln K)' },
        quality: samePotential(quick),
        work: seedingWork(shape),
        timed: 'run',
        repetitions: 3,
        async prepare(context) {
          const points = await noise(rows, columns, seed, context.signal);
          return { contenders: seedingContenders(points, { clusters, seed }, context) };
        },
      },
    ];
  },
};

/** Shoal's, and scikit-learn's if it is installed. */
export function seedingContenders(
  points: Matrix,
  { clusters, seed }: { readonly clusters: number; readonly seed: number },
  context: BenchContext,
  judge: CentroidJudge = (centroids) => inertiaOf(points, centroids, context.signal),
): Contender[] {
  const { engine, python, files, signal } = context;
  const contenders: Contender[] = [
    {
      ...SHOAL_FLOAT32,
      async run() {
        const { seconds, centroids } = await observeSeeding(engine, (observed) =>
          new KMeans({ clusters, seed, tolerance: 0, engine: observed }).fit(points, { signal }),
        );
        return { seconds, quality: () => judge(centroids) };
      },
    },
  ];
  if (python?.has('scikit-learn') === true) {
    contenders.push({
      name: 'scikit-learn kmeans_plusplus',
      role: 'peer',
      dtype: 'float32',
      async run() {
        const out = files.result('npy');
        const request = { points: await files.matrix(points), clusters, seed, out };
        return judgedRun(await python.time('seeding', request), out, points, context, judge);
      },
    });
  }
  return contenders;
}

/** Seeds are compared by their potential. */
export function samePotential(quick: boolean): QualityRule {
  return {
    name: 'potential',
    // With so few seeds the potential is mostly chance.
    tolerance: quick ? 0.3 : 0.03,
    note: 'random numbers and so the seeds differ between libraries: potentials within a few percent are equally good',
  };
}
