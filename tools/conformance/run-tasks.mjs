/**
 * Runs the tasks of tools/conformance/compare_cuml.py:
 *
 *   node tools/conformance/run-tasks.mjs folder/ reference|wasm
 *
 * Reads NAME.task.json ({ method, options, weighted, placed, embedded }) and NAME.points.npy, NAME.weights.npy,
 * NAME.embedding.npy; writes NAME.result.json, arrays as plain lists. It needs a build.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createReferenceEngine, KMeans, matrix, Pca, sliceRows } from '../../packages/core/dist/index.js';
import { readNpy } from '../../packages/data/dist/index.js';
import { trustworthiness, Umap } from '../../packages/manifold/dist/index.js';
import { createWasmEngine } from '../../packages/wasm-kernels/dist/index.js';

const [folder, name] = process.argv.slice(2);
const engine = name === 'wasm' ? await createWasmEngine() : createReferenceEngine();

/** @typedef {import('../../packages/core/dist/index.js').Matrix} Matrix */
/**
 * @template Options
 * @typedef {object} Task
 * @property {string} method
 * @property {Options} options of its estimator
 * @property {boolean} [weighted]
 * @property {number} [placed] number of last rows that are placed in an embedding of the others
 */
/** @typedef {import('../../packages/core/dist/index.js').KMeansOptions} KMeansOptions */
/** @typedef {import('../../packages/core/dist/index.js').PcaOptions} PcaOptions */
/** @typedef {import('../../packages/manifold/dist/index.js').UmapOptions} UmapOptions */
/** @typedef {import('../../packages/manifold/dist/index.js').TrustworthinessOptions} TrustworthinessOptions */

/** @param {string} path */
async function readMatrix(path) {
  const { data, shape } = readNpy(await readFile(path), path);
  return matrix(/** @type {Float64Array} */ (data), shape[0], shape[1] ?? 1);
}

/** @param {Matrix} points @param {Task<KMeansOptions>} task @param {string} file */
async function kmeans(points, { options, weighted }, file) {
  const weights = weighted ? (await readMatrix(join(folder, `${file}.weights.npy`))).data : undefined;
  const model = await new KMeans({ ...options, engine }).fit(points, { weights });
  return {
    labels: [...model.labels],
    predicted: [...(await model.predict(points))],
    inertia: model.inertia,
    score: await model.score(points),
    centroids: [...model.centroids.data],
  };
}

/** @param {Matrix} points @param {Task<UmapOptions>} task */
async function umap(points, { options, placed = 0 }) {
  const model = await new Umap({ ...options, engine }).fit(sliceRows(points, 0, points.rows - placed));
  if (placed === 0) return { embedding: [...model.embedding.data] };
  return {
    embedding: [...(await model.transform(sliceRows(points, points.rows - placed, points.rows))).data],
  };
}

/** @param {Matrix} points @param {Task<PcaOptions>} task */
async function pca(points, { options }) {
  const model = await new Pca({ ...options, engine }).fit(points);
  return {
    components: [...model.components.data],
    variances: [...model.explainedVariance],
    ratios: [...model.explainedVarianceRatio],
    mean: [...model.mean],
    noise: model.noiseVariance,
    transformed: [...(await model.transform(points)).data],
  };
}

/** @param {Matrix} points @param {Task<TrustworthinessOptions>} task @param {string} file */
async function trust(points, { options }, file) {
  const embedding = await readMatrix(join(folder, `${file}.embedding.npy`));
  return { value: await trustworthiness(points, embedding, { ...options, engine }) };
}

/** @type {Record<string, (points: Matrix, task: Task<never>, file: string) => Promise<object>>} */
const METHODS = { kmeans, umap, pca, trustworthiness: trust };

for (const file of (await readdir(folder)).filter((each) => each.endsWith('.task.json')).sort()) {
  const stem = file.slice(0, -'.task.json'.length);
  /** @type {Task<never>} */
  const task = JSON.parse(await readFile(join(folder, file), 'utf8'));
  const points = await readMatrix(join(folder, `${stem}.points.npy`));
  const result = await METHODS[task.method](points, task, stem);
  await writeFile(join(folder, `${stem}.result.json`), JSON.stringify(result));
}
engine.destroy();
