// The clusters of a balanced cut when classes differ in size, compared with a mixture of the same embedding: python3
// tools/benchmarks/unequal.py FOLDER && node tools/benchmarks/unequal.mjs FOLDER [--seeds 3] [--data digits] [--n-init
// 12] [--json] Of every CSV file of the folder, and of parts of Fashion-MNIST's training images (which must be in
// SHOAL_DATA_DIR), each with as many clusters as classes. Prints adjusted Rand indices, means over the seeds, and the
// cost of equal sizes: a Markdown table, or JSON. Needs a build.
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { adjustedRandIndex, matrix, orientedGradients } from '../../packages/core/dist/index.js';
import { readCsv } from '../../packages/data/dist/index.js';
import { loadDataset } from '../../packages/data/dist/node/index.js';
import { BalancedCut, UmapClustering } from '../../packages/manifold/dist/index.js';
import { createWasmEngine } from '../../packages/wasm-kernels/dist/index.js';

/**
 * @typedef {import('../../packages/core/dist/index.js').Matrix} Matrix
 * @typedef {{ name: string, points: Matrix, images: Matrix, classes: readonly number[] }} Data
 */

/** Number of images to keep of each class; the first ones are kept. */
const GARMENTS = {
  '300 each': Array(10).fill(300),
  '550 to 50': Array.from({ length: 10 }, (_, own) => Math.round(550 - (own * 500) / 9)),
  '50 to 550': Array.from({ length: 10 }, (_, own) => Math.round(50 + (own * 500) / 9)),
  'trousers 1,200, pullovers 900, sneakers 500, bags 300, boots 100': [
    0, 1200, 900, 0, 0, 0, 0, 500, 300, 100,
  ],
  'trousers 1,000, bags 500, boots 200': [0, 1000, 0, 0, 0, 0, 0, 0, 500, 200],
};

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '3' },
    data: { type: 'string', default: '' },
    'n-init': { type: 'string', default: '12' },
    json: { type: 'boolean', default: false },
  },
});
if (positionals.length !== 1) throw new Error('Name the folder of CSV files; unequal.py makes them.');
const seeds = Array.from({ length: Number(options.seeds) }, (_, seed) => seed);
const nInit = Number(options['n-init']);
const engine = await createWasmEngine();

/** @returns {AsyncGenerator<Data>} */
async function* datasets() {
  for (const file of (await readdir(positionals[0])).sort()) {
    const { points, labels } = readCsv(await readFile(join(positionals[0], file)), { labelColumn: 'first' });
    if (!labels) throw new Error(`${file} has no classes`);
    yield { name: basename(file, '.csv'), points, images: points, classes: [...labels] };
  }
  const { train } = await loadDataset('fashion-mnist', { download: false });
  const { labels, points } = train;
  for (const [name, counts] of Object.entries(GARMENTS)) {
    const left = [...counts];
    const rows = Array.from(labels.keys()).filter((i) => left[labels[i]]-- > 0);
    const pixels = new Uint8Array(rows.length * points.columns);
    for (const [at, i] of rows.entries()) {
      pixels.set(
        /** @type {Uint8Array} */ (points.data.subarray(i * points.columns, (i + 1) * points.columns)),
        at * points.columns,
      );
    }
    const images = matrix(pixels, rows.length, points.columns, points.scale);
    const classes = rows.map((i) => labels[i]);
    yield { name: `Fashion-MNIST, ${name}`, points: images, images, classes };
    const gradients = await orientedGradients(images, { width: 28, height: 28 });
    yield { name: `Fashion-MNIST's gradients, ${name}`, points: gradients, images, classes };
  }
}

/** @param {Data} data @param {number} seed */
async function run({ points, images, classes }, seed) {
  const clusters = new Set(classes).size;
  const score = (/** @type {Uint32Array} */ labels) => adjustedRandIndex(classes, labels);
  const model = await new UmapClustering({
    clustering: { method: 'gmm', clusters: clusters },
    seed,
    engine,
  }).fit(points);
  const { embedding, graph } = model.umap;
  if (!graph) throw new Error('A fit has a graph');
  const input = { embedding, graph, points: images };
  const startedAt = performance.now();
  const cut = await new BalancedCut({ clusters, nInit, seed, engine }).fit(input);
  const seconds = (performance.now() - startedAt) / 1000;
  const equal =
    cut.balance === 2 ? cut : await new BalancedCut({ clusters, balance: 2, nInit, seed, engine }).fit(input);
  const { balance, trials } = cut;
  return {
    mixture: score(model.labels),
    equal: score(equal.labels),
    cut: score(cut.labels),
    balance,
    seconds,
    trials,
  };
}

/** @type {{ data: string, points: number, runs: Awaited<ReturnType<typeof run>>[] }[]} */
const results = [];
if (!options.json) {
  console.log('| classes | mixture | balance 2 | auto | balances chosen |\n| --- | --- | --- | --- | --- |');
}
for await (const data of datasets()) {
  if (!data.name.includes(options.data)) continue;
  /** @type {Awaited<ReturnType<typeof run>>[]} */
  const runs = [];
  for (const seed of seeds) runs.push(await run(data, seed));
  const mean = (/** @type {'mixture' | 'equal' | 'cut'} */ name) =>
    runs.reduce((sum, found) => sum + found[name], 0) / runs.length;
  results.push({ data: data.name, points: data.points.rows, runs });
  if (options.json) console.error(data.name);
  else {
    const means = [mean('mixture'), mean('equal'), mean('cut')].map((value) => value.toFixed(3));
    console.log(`| ${data.name} | ${means.join(' | ')} | ${runs.map(({ balance }) => balance).join(', ')} |`);
  }
}
if (options.json)
  console.log(JSON.stringify({ engine: engine.info.device, seeds, nInit, results }, undefined, 2));
engine.destroy();
process.exit(0);
