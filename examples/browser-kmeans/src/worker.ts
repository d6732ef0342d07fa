import { KMeans, openEngine, toFloat32, type KMeansModel, type Matrix } from 'shoal';
import { loadImages } from './load-images.ts';
import type { Answer, Group, Request, Result } from './messages.ts';

/** Pictures shown beside each mean. */
const SHOWN = 6;

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  cluster(data).catch((error: unknown) => {
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
});

async function cluster({ file, count, clusters, seed, allowSoftware }: Request): Promise<void> {
  const engine = await openEngine(allowSoftware ? 'webgpu' : 'auto', { allowSoftware });
  answer({ kind: 'engine', text: engine.reason });
  try {
    answer({ kind: 'progress', text: file ? `Reading ${file.name} …` : `Drawing ${count} pictures …` });
    const { points, width, height } = await loadImages({ file, count, seed });
    const start = performance.now();
    const model = await new KMeans({ clusters, seed, engine }).fit(points, {
      onProgress: ({ phase, completed, message = '' }) => {
        answer({ kind: 'progress', text: `Clustering: ${phase} ${completed} ${message}` });
      },
    });
    const seconds = (performance.now() - start) / 1000;
    answer({ kind: 'done', result: await describe(model, points, { width, height, seconds }) });
  } finally {
    engine.destroy();
  }
}

async function describe(
  model: KMeansModel,
  points: Matrix,
  { width, height, seconds }: Pick<Result, 'width' | 'height' | 'seconds'>,
): Promise<Result> {
  const pictures = rowsOf(points);
  const distances = (await model.transform(points)).data;
  const groups = rowsOf(model.centroids).map((mean, group): Group => {
    const distanceTo = (row: number) => distances[row * model.clusters + group];
    const members = [...pictures.keys()].filter((row) => model.labels[row] === group);
    const nearest = members.toSorted((a, b) => distanceTo(a) - distanceTo(b)).slice(0, SHOWN);
    return { size: members.length, mean, nearest: nearest.map((row) => pictures[row]) };
  });
  const { inertiaHistory, converged } = model;
  return { width, height, groups, inertiaHistory, converged, seconds };
}

function rowsOf(matrix: Matrix): Float32Array[] {
  const values = toFloat32(matrix);
  const { rows, columns } = matrix;
  return Array.from({ length: rows }, (_, row) => values.slice(row * columns, (row + 1) * columns));
}

function answer(message: Answer): void {
  postMessage(message);
}
