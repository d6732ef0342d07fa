import { KMeans, type Matrix } from '@shoal/core';
import type { BenchContext, Contender, Workload } from '../bench-case.ts';
import { SHOAL_FLOAT32 } from '../bench-case.ts';
import { inertiaOf } from '../judge.ts';
import { NPM_PEERS } from '../peers/npm-peers.ts';
import { judgedRun } from './kmeans-contenders.ts';
import { small } from './kmeans-points.ts';

/** The seeds of each library lead to other optima; within a few percent they are equally good. */
const EQUALLY_GOOD = 0.03;

/** k-means with each library's own k-means++ start, for libraries that do not take a start. */
export function smallSeeded(quick: boolean): Workload {
  const source = small(quick);
  const { shape, data, seed, iterations } = source;
  return {
    name: 'small-seeded',
    parameters: {
      ...shape,
      dtype: 'float32',
      data,
      seed,
      start: "one k-means++ start of each library's own",
      iterations: 'until it converges, 300 at most',
      tolerance: 0,
    },
    quality: {
      name: 'inertia',
      tolerance: EQUALLY_GOOD,
      note: 'random numbers differ between libraries, and so do the start and the number of iterations',
    },
    timed: 'run',
    repetitions: 5,
    async prepare(context) {
      const { points } = await source.make(context.signal);
      const { clusters, columns } = shape;
      const { python, npm, files } = context;
      const contenders: Contender[] = [ours(points, clusters, seed, iterations, context)];
      if (python?.has('scikit-learn') === true) {
        contenders.push({
          name: 'scikit-learn lloyd',
          role: 'peer',
          dtype: 'float32',
          async run() {
            const out = files.result('npy');
            const request = { points: await files.matrix(points), clusters, iterations, seed, out };
            return judgedRun(await python.time('kmeans_seeded', request), out, points, context);
          },
        });
      }
      for (const name of NPM_PEERS) {
        if (npm?.has(name) !== true) continue;
        contenders.push({
          name,
          role: 'peer',
          dtype: name === 'ml-kmeans' ? 'float64' : 'float32',
          async run() {
            const out = files.result('f64');
            const request = { points: await files.matrix(points), columns, clusters, iterations, seed, out };
            return judgedRun(await npm.kmeans(name, request), out, points, context);
          },
        });
      }
      return { contenders };
    },
  };
}

function ours(
  points: Matrix,
  clusters: number,
  seed: number,
  maxIterations: number,
  { engine, signal }: BenchContext,
): Contender {
  return {
    ...SHOAL_FLOAT32,
    async run() {
      const kmeans = new KMeans({ clusters, seed, maxIterations, tolerance: 0, engine });
      const startedAt = performance.now();
      const { centroids, iterations } = await kmeans.fit(points, { signal });
      const seconds = (performance.now() - startedAt) / 1000;
      return {
        seconds,
        iterations,
        quality: () => inertiaOf(points, Float64Array.from(centroids.data), signal),
      };
    },
  };
}
