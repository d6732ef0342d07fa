// How much work the bounds of the wasm engine save, by shape: the table of docs/decisions/0043. node
// tools/benchmarks/pruning.mjs, after pnpm build; SHOAL_DATA_DIR is the folder with Fashion-MNIST.
import { setFlagsFromString } from 'node:v8';
import { gatherRows, matrix, Random } from '../../packages/core/dist/index.js';
import { loadDataset } from '../../packages/data/dist/node/index.js';
import { createWasmEngine } from '../../packages/wasm-kernels/dist/index.js';

if (process.versions.v8.startsWith('11.3.')) setFlagsFromString('--experimental-wasm-relaxed-simd');

const ITERATIONS = 20;
const REPETITIONS = 3;
const PRUNINGS = /** @type {const} */ (['none', 'hamerly', 'yinyang']);

/**
 * Points around centers ~ N(0, spread^2 I), or around the origin when there are none, with noise N(0, I).
 *
 * @param {number} rows
 * @param {number} columns
 * @param {number} centers
 * @param {number} spread
 */
function blobs(rows, columns, centers, spread) {
  const random = new Random(1);
  const middles = Float32Array.from({ length: centers * columns }, () => spread * random.normal());
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const from = centers === 0 ? 0 : random.integer(centers) * columns;
    for (let j = 0; j < columns; j++) {
      data[i * columns + j] = random.normal() + (centers === 0 ? 0 : middles[from + j]);
    }
  }
  return matrix(data, rows, columns);
}

const images = (await loadDataset('fashion-mnist')).train.points;

/** @type {readonly (readonly [string, () => ReturnType<typeof blobs>, number])[]} */
const cases = [
  ['Fashion-MNIST, bytes', () => images, 10],
  ['Fashion-MNIST, bytes', () => images, 100],
  ['blobs 0.5, 100,000 x 128', () => blobs(100_000, 128, 1024, 0.5), 1024],
  ['noise, 100,000 x 128', () => blobs(100_000, 128, 0, 0), 1024],
  ['blobs 1, 200,000 x 32', () => blobs(200_000, 32, 64, 1), 64],
  ['blobs 2, 500,000 x 8', () => blobs(500_000, 8, 64, 2), 64],
  ['noise, 1,000,000 x 2', () => blobs(1_000_000, 2, 0, 0), 64],
  ['blobs 0.2, 10,000 x 100', () => blobs(10_000, 100, 10, 0.2), 10],
];

console.log(`| points | K | ${PRUNINGS.join(' | ')} |`);
console.log(`| --- | --- | ${PRUNINGS.map(() => '---').join(' | ')} |`);
for (const [name, make, clusters] of cases) {
  const points = make();
  const start = gatherRows(points, new Random(3).distinct(clusters, points.rows));
  const engines = await Promise.all(PRUNINGS.map((pruning) => createWasmEngine({ pruning })));
  /** @type {number[][]} */
  const times = engines.map(() => []);
  for (let repetition = 0; repetition <= REPETITIONS; repetition++) {
    for (const [i, engine] of engines.entries()) {
      const session = await engine.createKMeans(points, { clusters });
      await session.writeCentroids(start);
      const began = performance.now();
      await session.step(ITERATIONS, 0);
      // The first round warms up.
      if (repetition > 0) times[i].push((performance.now() - began) / ITERATIONS);
      session.destroy();
    }
  }
  for (const engine of engines) engine.destroy();
  const medians = times.map((each) => each.toSorted((a, b) => a - b)[Math.floor(each.length / 2)]);
  console.log(`| ${name} | ${clusters} | ${medians.map((ms) => `${ms.toPrecision(3)} ms`).join(' | ')} |`);
}
