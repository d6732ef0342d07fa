import { KMeans, type Matrix } from '@shoal/core';
import type { BenchContext, Contender, Sample } from '../bench-case.ts';
import { inertiaOf } from '../judge.ts';
import type { NpmPeer } from '../peers/npm-peers.ts';
import type { Timing } from '../peers/timing.ts';

/** A k-means that all contenders do from the same start. */
export interface KMeansTask {
  /** Float32 points, which are compared and judged. */
  readonly points: Matrix;
  /** K x D, float32. */
  readonly start: Matrix;
  readonly iterations: number;
}

/** Inertia of the points around centroids (K x D). */
export type CentroidJudge = (centroids: Float32Array | Float64Array) => Promise<number>;

/** Shoal's fit, from points on the host to labels on the host. */
export function ourFit(
  { points, start, iterations }: KMeansTask,
  { engine, signal }: BenchContext,
  given: Matrix = points,
  judge: CentroidJudge = (centroids) => inertiaOf(points, centroids, signal),
): Contender {
  const dtype = given.data instanceof Uint8Array ? 'uint8' : 'float32';
  return {
    name: dtype === 'uint8' ? 'shoal (bytes)' : 'shoal',
    role: 'ours',
    dtype,
    async run() {
      const kmeans = new KMeans({
        clusters: start.rows,
        init: start,
        maxIterations: iterations,
        tolerance: 0,
        engine,
      });
      const startedAt = performance.now();
      const model = await kmeans.fit(given, { signal });
      const seconds = (performance.now() - startedAt) / 1000;
      const centroids = model.centroids.data;
      return {
        seconds,
        iterations: model.iterations,
        quality: () => judge(Float64Array.from(centroids)),
      };
    },
  };
}

/** scikit-learn's two algorithms and FAISS, those that are installed. */
export function pythonFits(task: KMeansTask, context: BenchContext, judge?: CentroidJudge): Contender[] {
  const { python } = context;
  const contenders: Contender[] = [];
  if (python?.has('scikit-learn') === true) {
    for (const algorithm of ['lloyd', 'elkan']) {
      const name = `scikit-learn ${algorithm}`;
      contenders.push(
        peerFit(name, task, context, { judge }, (files) => python.time('kmeans', { ...files, algorithm })),
      );
    }
  }
  if (python?.has('faiss') === true) {
    contenders.push(
      peerFit('faiss', task, context, { judge }, (files) => python.time('faiss_kmeans', files)),
    );
  }
  return contenders;
}

/** A library from npm that takes a start, if it is installed. */
export function npmFit(name: NpmPeer, task: KMeansTask, context: BenchContext): Contender[] {
  const { npm } = context;
  if (npm?.has(name) !== true) return [];
  const { columns } = task.points;
  const request = { columns, clusters: task.start.rows, seed: 0 };
  return [
    peerFit(name, task, context, { extension: 'f64', dtype: 'float64' }, (files) =>
      npm.kmeans(name, { ...request, ...files }),
    ),
  ];
}

interface FitFiles {
  readonly points: string;
  readonly centroids: string;
  readonly iterations: number;
  readonly out: string;
}

interface PeerFitOptions {
  readonly extension?: 'npy' | 'f64' | undefined;
  readonly dtype?: string | undefined;
  readonly judge?: CentroidJudge | undefined;
}

function peerFit(
  name: string,
  { points, start, iterations }: KMeansTask,
  context: BenchContext,
  { extension = 'npy', dtype = 'float32', judge }: PeerFitOptions,
  fit: (files: FitFiles) => Promise<Timing>,
): Contender {
  const { files } = context;
  return {
    name,
    role: 'peer',
    dtype,
    async run() {
      const out = files.result(extension);
      const timing = await fit({
        points: await files.matrix(points),
        centroids: await files.matrix(start),
        iterations,
        out,
      });
      return judgedRun(timing, out, points, context, judge);
    },
  };
}

/** A peer's run; its quality is the inertia of the centroids that it wrote to a file. */
export function judgedRun(
  { seconds, iterations }: Timing,
  out: string,
  points: Matrix,
  { files, signal }: BenchContext,
  judge: CentroidJudge = (centroids) => inertiaOf(points, centroids, signal),
): Sample {
  return {
    seconds,
    iterations,
    quality: async () => judge(await files.read(out)),
  };
}
