import { gatherRows, Pca, type Matrix } from '@shoal/core';
import { SAME_RESULT, type BenchCase, type Contender } from '../bench-case.ts';
import { SHOAL_FLOAT32 } from '../bench-case.ts';
import { fashionImages, QUICK_IMAGES } from '../data/images.ts';

/** The solvers of scikit-learn that Shoal is compared with. */
const SOLVERS = ['full', 'randomized'];

/** Principal components of the images. */
export const pca: BenchCase = {
  name: 'pca',
  summary: 'principal components: points in, components out',
  workloads: (quick) => {
    const components = quick ? 4 : 32;
    const rows = quick ? QUICK_IMAGES : 60_000;
    const seed = 32;
    return [
      {
        name: 'fashion-mnist',
        parameters: { rows, columns: 784, components, dtype: 'float32', seed, data: 'pixels / 255' },
        quality: { name: 'explained variance ratio', tolerance: SAME_RESULT },
        work: {
          flops: rows * 784 * 784,
          bytes: 4 * rows * 784,
          formula: 'N D^2 FLOP (the covariance alone), 4 N D bytes',
        },
        timed: 'run',
        repetitions: 5,
        async prepare({ engine, python, files, quick: isQuick, signal }) {
          const { pixels } = await fashionImages(isQuick, signal);
          const contenders: Contender[] = [
            {
              ...SHOAL_FLOAT32,
              async run() {
                const analysis = new Pca({ components, seed, engine });
                const startedAt = performance.now();
                const model = await analysis.fit(pixels);
                const seconds = (performance.now() - startedAt) / 1000;
                return {
                  seconds,
                  quality: async () => explainedVarianceRatio(pixels, model.components.data),
                };
              },
            },
          ];
          for (const solver of python?.has('scikit-learn') === true ? SOLVERS : []) {
            contenders.push({
              name: `scikit-learn ${solver}`,
              role: 'peer',
              dtype: 'float32',
              async run() {
                const out = files.result('npy');
                const request = { points: await files.matrix(pixels), components, solver, seed, out };
                return {
                  ...(await python!.time('pca', request)),
                  quality: async () => explainedVarianceRatio(pixels, await files.read(out)),
                };
              },
            });
          }
          return { contenders };
        },
      },
    ];
  },
};

/** Share of the variance that lies along orthonormal components (C x D), in float64. */
export function explainedVarianceRatio(points: Matrix, components: ArrayLike<number>): number {
  const { rows, columns } = points;
  const mean = new Float64Array(columns);
  for (let i = 0; i < rows; i++) {
    const row = gatherRows(points, [i]);
    for (let j = 0; j < columns; j++) mean[j] += row[j] / rows;
  }
  let total = 0;
  let explained = 0;
  for (let i = 0; i < rows; i++) {
    const row = gatherRows(points, [i]);
    for (let j = 0; j < columns; j++) {
      row[j] -= mean[j];
      total += row[j] * row[j];
    }
    for (let start = 0; start < components.length; start += columns) {
      let along = 0;
      for (let j = 0; j < columns; j++) along += row[j] * components[start + j];
      explained += along * along;
    }
  }
  return explained / total;
}
