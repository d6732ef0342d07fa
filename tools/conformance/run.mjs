/**
 * Compares an engine with scikit-learn on the real Fashion-MNIST images, from the same starts:
 *
 *   python3 tools/conformance/expected.py train-images-idx3-ubyte.gz expected/
 *   node tools/conformance/run.mjs expected/ [reference|wasm|webgpu] [adapter]
 *
 * Prints the values and ends with status 1 when a tolerance is not met. It needs a build.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createReferenceEngine, matrix } from '../../packages/core/dist/index.js';
import { readNpy } from '../../packages/data/dist/index.js';
import { loadFashionMnist } from '../../packages/data/dist/node/index.js';

const [folder, name = 'reference'] = process.argv.slice(2);
const adapter = process.argv.at(4);
const named = process.argv.length > 4;
const TYPES = /** @type {const} */ (['full', 'tied', 'diag', 'spherical']);

/** @param {string} file */
const read = async (file) => readNpy(await readFile(join(folder, `${file}.npy`)), file);

/** @returns {Promise<import('../../packages/core/dist/index.js').Engine>} */
async function openEngine() {
  if (name === 'webgpu') {
    const { createNodeWebGpuEngine } = await import('../../packages/webgpu-kernels/dist/node/index.js');
    return createNodeWebGpuEngine({ adapter, allowSoftware: named });
  }
  if (name === 'wasm') {
    const { createWasmEngine } = await import('../../packages/wasm-kernels/dist/index.js');
    return createWasmEngine();
  }
  return createReferenceEngine();
}

let failures = 0;
/**
 * @param {string} what
 * @param {number} value
 * @param {number} limit
 */
function atMost(what, value, limit) {
  const met = value <= limit;
  if (!met) failures++;
  console.log(`${met ? 'ok  ' : 'FAIL'} ${what}: ${value.toExponential(2)} (at most ${limit})`);
}

/**
 * @param {ArrayLike<number>} a
 * @param {ArrayLike<number>} b
 */
function shareThatDiffers(a, b) {
  let count = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) count++;
  return count / a.length;
}

const engine = await openEngine();
console.log(`${engine.name} on ${engine.info.device}`);
const { train } = await loadFashionMnist({ download: false });
const start = Float32Array.from((await read('kmeans-start')).data);

const session = await engine.createKMeans(train.points, { clusters: 10 });
await session.writeCentroids(start);
await session.assign();
const firstLabels = await session.readLabels();
await session.writeCentroids(start);
let startedAt = performance.now();
for (let done = 0; done < 30;) done += (await session.step(Math.min(5, 30 - done), 0)).length;
const { inertia } = await session.assign();
console.log(`     31 k-means passes in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
const [expectedInertia] = (await read('kmeans-inertia')).data;
atMost(
  'inertia after 30 iterations, relative to scikit-learn',
  Math.abs(inertia / expectedInertia - 1),
  1e-5,
);
const labels = await session.readLabels();
atMost(
  'labels that differ from scikit-learn after 30',
  shareThatDiffers(labels, (await read('kmeans-labels')).data),
  1e-3,
);
session.destroy();
if (engine.name !== 'reference') {
  const oracle = await createReferenceEngine().createKMeans(train.points, { clusters: 10 });
  await oracle.writeCentroids(start);
  await oracle.assign();
  atMost(
    'labels that differ from the reference after one assignment',
    shareThatDiffers(firstLabels, await oracle.readLabels()),
    1e-4,
  );
}

const code = await read('code');
const points = matrix(Float32Array.from(code.data), code.shape[0], code.shape[1]);
const first = Uint32Array.from((await read('mixture-labels')).data);
for (const covarianceType of TYPES) {
  const mixture = await engine.createGaussianMixture(points, {
    components: 10,
    covarianceType,
    regCovar: 1e-6,
  });
  await mixture.initialize({ kind: 'labels', labels: first });
  startedAt = performance.now();
  /** @type {number[]} */
  const bounds = [];
  while (bounds.length < 20)
    bounds.push(...(await mixture.step(20 - bounds.length, 0)).map((it) => it.lowerBound));
  const seconds = (performance.now() - startedAt) / 1000;
  bounds.push((await mixture.evaluate()).lowerBound);
  const { data: expected } = await read(`mixture-${covarianceType}`);
  const worst = Math.max(...bounds.map((bound, i) => Math.abs(bound / expected[i] - 1)));
  console.log(`     20 EM iterations in ${seconds.toFixed(1)} s`);
  atMost(
    `${covarianceType}: log-likelihood per sample, relative to scikit-learn, worst of 20 iterations`,
    worst,
    1e-4,
  );
  mixture.destroy();
}
engine.destroy();
process.exit(failures === 0 ? 0 : 1);
