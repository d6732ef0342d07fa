import { SAME_RESULT, type BenchCase, type Workload } from '../bench-case.ts';
import { npmFit, ourFit, pythonFits } from './kmeans-contenders.ts';
import { blobs1024, fashionMnist, noise1024, small, type KMeansPoints } from './kmeans-points.ts';
import { smallSeeded } from './kmeans-small-seeded.ts';
import { lloydWork } from './work.ts';

/** A whole k-means from given centroids, compared with all libraries that can do the same. */
export const kmeansFit: BenchCase = {
  name: 'kmeans-fit',
  summary: 'k-means from given centroids: points in, labels out',
  workloads: (quick) => [
    fixedIterations(fashionMnist(quick), 5, 0.5),
    fixedIterations(blobs1024(quick), 3, 0.8),
    fixedIterations(noise1024(quick), 3, 1.5),
    toConvergence(small(quick)),
    smallSeeded(quick),
  ],
};

function fixedIterations(source: KMeansPoints, repetitions: number, target: number): Workload {
  return {
    ...common(source, `${source.iterations}`),
    repetitions,
    target,
    seconds: 25,
    work: lloydWork(source.shape, source.iterations),
    async prepare(context) {
      const task = await source.make(context.signal);
      const { bytes } = task;
      const contenders = [ourFit(task, context)];
      if (bytes !== undefined) contenders.push(ourFit(task, context, bytes));
      contenders.push(...pythonFits(task, context));
      const notes =
        bytes === undefined ? [] : ['float32 is compared: the peers do not take bytes with a scale'];
      return { contenders, notes };
    },
  };
}

function toConvergence(source: KMeansPoints): Workload {
  return {
    ...common(source, 'until no label changes, 300 at most'),
    repetitions: 5,
    async prepare(context) {
      const task = await source.make(context.signal);
      return {
        contenders: [
          ourFit(task, context),
          ...pythonFits(task, context).filter(({ name }) => name !== 'faiss'),
          ...npmFit('ml-kmeans', task, context),
        ],
        notes: [
          'FAISS has no test of convergence, and clustering-tfjs takes no given centroids: see small-seeded',
        ],
      };
    },
  };
}

function common({ name, shape, data, seed }: KMeansPoints, iterations: string) {
  return {
    name,
    parameters: { ...shape, dtype: 'float32', data, seed, start: 'K random rows', iterations, tolerance: 0 },
    quality: { name: 'inertia', tolerance: SAME_RESULT },
    timed: 'run',
  } as const;
}
