import {
  adjustedMutualInformation,
  adjustedRandIndex,
  fowlkesMallowsIndex,
  matrix,
  normalizedMutualInformation,
  Random,
  silhouetteScore,
  vMeasure,
} from '@shoal/core';
import { SAME_RESULT, type BenchCase, type Contender, type Workload } from '../bench-case.ts';
import { blobs } from '../data/point-sets.ts';

const SEED = 60;
const CLUSTERS = 10;

/** Scores of a clustering. Core computes them, without an engine. */
export const metrics: BenchCase = {
  name: 'metrics',
  summary: 'silhouette of a sample, and the usual measures against classes',
  workloads: (quick) => [silhouette(quick), external(quick)],
};

function silhouette(quick: boolean): Workload {
  const rows = quick ? 300 : 60_000;
  const sample = quick ? 100 : 10_000;
  const columns = 32;
  return {
    name: 'silhouette',
    parameters: {
      rows,
      columns,
      clusters: CLUSTERS,
      sample,
      dtype: 'float32',
      data: '10 blobs, centers ~ N(0, I), points = center + N(0, I); the same sample for all',
      seed: SEED,
    },
    quality: { name: 'silhouette', tolerance: SAME_RESULT },
    work: {
      flops: (sample * sample * 3 * columns) / 2,
      bytes: 4 * sample * columns,
      formula: '3 D n^2 / 2 FLOP, 4 n D bytes, for n sampled points',
      by: 'javascript',
    },
    timed: 'run',
    repetitions: 3,
    async prepare({ python, files, signal }) {
      const all = await blobs({ rows, columns, centers: CLUSTERS, spread: 1, seed: SEED }, signal);
      const chosen = new Random(SEED).distinct(sample, rows).sort();
      const data = new Float32Array(sample * columns);
      chosen.forEach((row, i) => {
        data.set(all.points.data.subarray(row * columns, (row + 1) * columns), i * columns);
      });
      const points = matrix(data, sample, columns);
      const labels = chosen.map((row) => all.labels[row]);
      const contenders: Contender[] = [
        scored('shoal', 'ours', () => silhouetteScore(points, labels, { signal })),
      ];
      if (python?.has('scikit-learn') === true) {
        contenders.push({
          name: 'scikit-learn',
          role: 'peer',
          dtype: 'float32',
          async run() {
            const request = { points: await files.matrix(points), labels: await files.vector(labels) };
            const { seconds, score } = await python.score('silhouette', request);
            return { seconds, quality: async () => score };
          },
        });
      }
      return { contenders };
    },
  };
}

function external(quick: boolean): Workload {
  const rows = quick ? 300 : 60_000;
  return {
    name: 'external',
    parameters: {
      rows,
      classes: CLUSTERS,
      clusters: CLUSTERS,
      data: 'random classes; labels keep 70 % of them and redraw the rest',
      seed: SEED,
      measures: 'ARI, AMI, NMI, V-measure, Fowlkes-Mallows',
    },
    quality: { name: 'mean of the measures', tolerance: SAME_RESULT },
    timed: 'run',
    repetitions: 5,
    async prepare({ python, files }) {
      const random = new Random(SEED);
      const classes = Uint32Array.from({ length: rows }, () => random.integer(CLUSTERS));
      const labels = classes.map((label) => (random.uniform() < 0.7 ? label : random.integer(CLUSTERS)));
      const contenders: Contender[] = [
        scored('shoal', 'ours', async () => {
          const scores = [
            adjustedRandIndex(classes, labels),
            adjustedMutualInformation(classes, labels),
            normalizedMutualInformation(classes, labels),
            vMeasure(classes, labels),
            fowlkesMallowsIndex(classes, labels),
          ];
          return scores.reduce((sum, score) => sum + score, 0) / scores.length;
        }),
      ];
      if (python?.has('scikit-learn') === true) {
        contenders.push({
          name: 'scikit-learn',
          role: 'peer',
          dtype: 'uint32',
          async run() {
            const request = { classes: await files.vector(classes), labels: await files.vector(labels) };
            const { seconds, score } = await python.score('external_metrics', request);
            return { seconds, quality: async () => score };
          },
        });
      }
      return { contenders };
    },
  };
}

/** A contender with its score as the result. */
function scored(name: string, role: 'ours', work: () => Promise<number>): Contender {
  return {
    name,
    role,
    dtype: 'float32',
    async run() {
      const startedAt = performance.now();
      const score = await work();
      return { seconds: (performance.now() - startedAt) / 1000, quality: async () => score };
    },
  };
}
