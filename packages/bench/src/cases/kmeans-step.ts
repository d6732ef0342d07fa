import type { Matrix } from '@shoal/core';
import type { BenchCase, BenchContext, Contender, Workload } from '../bench-case.ts';
import { inertiaOf } from '../judge.ts';
import type { KMeansTask } from './kmeans-contenders.ts';
import { blobs1024, fashionMnist, noise1024, type KMeansPoints } from './kmeans-points.ts';
import { lloydWork } from './work.ts';

/** One Lloyd iteration of a session with points already on the device. Libraries do not have a call for this. */
export const kmeansStep: BenchCase = {
  name: 'kmeans-step',
  summary: 'one Lloyd iteration, the mean of several',
  workloads: (quick) => [fashionMnist(quick), blobs1024(quick), noise1024(quick)].map(stepWorkload),
};

function stepWorkload(source: KMeansPoints): Workload {
  const { name, shape, data, seed } = source;
  const iterations = Math.min(source.iterations, 10);
  return {
    name,
    parameters: { ...shape, dtype: 'float32', data, seed, start: 'K random rows', iterations, tolerance: 0 },
    quality: { name: 'inertia', tolerance: 1e-4 },
    work: lloydWork(shape, 1),
    timed: 'iteration',
    repetitions: 5,
    async prepare(context) {
      const task = await source.make(context.signal);
      const steps = await Promise.all(
        [task.points, ...(task.bytes === undefined ? [] : [task.bytes])].map((points) =>
          openSteps({ ...task, iterations }, points, context),
        ),
      );
      return {
        contenders: steps.map(({ contender }) => contender),
        release() {
          for (const { release } of steps) release();
        },
      };
    },
  };
}

/** A contender that runs `iterations` Lloyd iterations in its own session. */
export async function openSteps(
  { points: judgedPoints, start, iterations }: KMeansTask,
  points: Matrix,
  { engine, signal }: BenchContext,
): Promise<{ readonly contender: Contender; readonly release: () => void }> {
  const session = await engine.createKMeans(points, { clusters: start.rows, signal });
  const dtype = points.data instanceof Uint8Array ? 'uint8' : 'float32';
  const contender: Contender = {
    name: dtype === 'uint8' ? 'shoal (bytes)' : 'shoal',
    role: 'ours',
    dtype,
    async run() {
      await session.writeCentroids(Float32Array.from(start.data));
      const startedAt = performance.now();
      const { length } = await session.step(iterations, 0);
      const seconds = (performance.now() - startedAt) / 1000;
      const centroids = await session.readCentroids();
      // A session stops at an empty cluster or when nothing moves, so fewer may have run.
      return {
        seconds: seconds / length,
        iterations: length,
        quality: () => inertiaOf(judgedPoints, centroids, signal),
      };
    },
  };
  return {
    contender,
    release: () => {
      session.destroy();
    },
  };
}
