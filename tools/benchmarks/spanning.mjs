// HDBSCAN side by side with other packages, in turns in one run: node tools/benchmarks/spanning.mjs FOLDER [--python
// python3] [--packages fast_hdbscan,hdbscan,scikit-learn] [--data pca,umap,plane] [--repeats 3] [--threads 2]
// FOLDER keeps the points: 50 principal components of Fashion-MNIST's training images (which must be in SHOAL_DATA_DIR), their
// UMAP embedding in 10 dimensions, and half a million points of a plane. Prints JSON: seconds, and seconds of processors, which
// other work on the machine changes less. Needs a build.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import {
  adjustedRandIndex,
  Hdbscan,
  matrix,
  Pca,
  Random,
  writtenLabels,
} from '../../packages/core/dist/index.js';
import { loadDataset } from '../../packages/data/dist/node/index.js';
import { Umap } from '../../packages/manifold/dist/index.js';
import { createWasmEngine } from '../../packages/wasm-kernels/dist/index.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    packages: { type: 'string', default: 'fast_hdbscan,hdbscan,scikit-learn' },
    data: { type: 'string', default: 'umap,pca,plane' },
    repeats: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
  },
});
if (positionals.length !== 1) throw new Error('Name the folder for the points.');
const [folder] = positionals;
mkdirSync(folder, { recursive: true });
const engine = await createWasmEngine({ threads: Number(options.threads) });

const MIN_SAMPLES = 5;
const MIN_CLUSTER_SIZE = 50;
const COLUMNS = /** @type {const} */ ({ umap: 10, pca: 50, plane: 2 });

/** @param {keyof typeof COLUMNS} name */
const fileOf = (name) => join(folder, `${name}.f32`);

/** @param {keyof typeof COLUMNS} name */
function read(name) {
  const bytes = readFileSync(fileOf(name));
  const data = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return matrix(data, data.length / COLUMNS[name], COLUMNS[name]);
}

async function makePoints() {
  if (!existsSync(fileOf('pca'))) {
    const { train } = await loadDataset('fashion-mnist', { download: false });
    const pca = await new Pca({ components: 50, engine }).fit(train.points);
    writeFileSync(fileOf('pca'), Float32Array.from((await pca.transform(train.points)).data));
  }
  if (!existsSync(fileOf('umap'))) {
    const umap = await new Umap({ dimensions: 10, neighbors: 20, minDist: 0, engine }).fit(read('pca'));
    writeFileSync(fileOf('umap'), Float32Array.from(umap.embedding.data));
  }
  if (!existsSync(fileOf('plane'))) writeFileSync(fileOf('plane'), plane(500_000));
}

/** Forty blobs of unequal spread, and a tenth of the points anywhere. @param {number} rows */
function plane(rows) {
  const random = new Random(7);
  const blobs = Array.from({ length: 40 }, () => ({
    x: 20 * random.uniform() - 10,
    y: 20 * random.uniform() - 10,
    spread: 0.1 + 0.5 * random.uniform(),
  }));
  const data = new Float32Array(2 * rows);
  for (let i = 0; i < rows; i++) {
    const { x, y, spread } = blobs[random.integer(40)];
    if (random.uniform() < 0.1) data.set([24 * random.uniform() - 12, 24 * random.uniform() - 12], 2 * i);
    else data.set([x + spread * random.normal(), y + spread * random.normal()], 2 * i);
  }
  return data;
}

/** @typedef {{ seconds: number, processor: number }} Sample */

/** The other packages, in one process that keeps what it compiled. */
function startPython() {
  const script = join(import.meta.dirname, 'spanning.py');
  const child = spawn(options.python, [script, options.threads], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    /** @param {object} task @returns {Promise<Sample>} */
    async ask(task) {
      child.stdin.write(`${JSON.stringify(task)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error('The Python process ended; see above.');
      /** @type {Sample} */
      const answer = JSON.parse(value);
      return answer;
    },
    end() {
      child.stdin.end();
    },
  };
}

/** @param {readonly Sample[]} samples @param {keyof Sample} what */
function medianOf(samples, what) {
  const sorted = samples.map((sample) => sample[what]).sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

await makePoints();
const python = startPython();
const packages = options.packages.split(',');
const results = [];
for (const name of /** @type {(keyof typeof COLUMNS)[]} */ (options.data.split(','))) {
  const points = read(name);
  /** @type {Sample[]} */
  const ours = [];
  const peers = packages.map((each) => ({
    package: each,
    samples: /** @type {Sample[]} */ ([]),
    agreement: 0,
  }));
  for (let repeat = 0; repeat < Number(options.repeats); repeat++) {
    const startedAt = performance.now();
    const busy = process.cpuUsage();
    const model = await new Hdbscan({
      minClusterSize: MIN_CLUSTER_SIZE,
      minSamples: MIN_SAMPLES,
      engine,
    }).fit(points);
    const { user, system } = process.cpuUsage(busy);
    ours.push({ seconds: (performance.now() - startedAt) / 1000, processor: (user + system) / 1e6 });
    for (const peer of peers) {
      const labels = join(folder, 'labels.i32');
      const sample = await python.ask({
        package: peer.package,
        file: fileOf(name),
        columns: points.columns,
        minClusterSize: MIN_CLUSTER_SIZE,
        minSamples: MIN_SAMPLES,
        labels,
      });
      peer.samples.push(sample);
      const bytes = readFileSync(labels);
      const theirs = new Int32Array(
        bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength),
      );
      peer.agreement = adjustedRandIndex(writtenLabels(model.labels), theirs);
    }
  }
  const best = (/** @type {keyof Sample} */ what) =>
    Math.min(...peers.map(({ samples }) => medianOf(samples, what)));
  results.push({
    data: name,
    rows: points.rows,
    columns: points.columns,
    seconds: medianOf(ours, 'seconds'),
    processor: medianOf(ours, 'processor'),
    ratioToBest: medianOf(ours, 'seconds') / best('seconds'),
    processorToBest: medianOf(ours, 'processor') / best('processor'),
    samples: ours,
    peers,
  });
  console.error(JSON.stringify(results.at(-1)));
}
python.end();
console.log(
  JSON.stringify(
    {
      engine: engine.info.device,
      minClusterSize: MIN_CLUSTER_SIZE,
      minSamples: MIN_SAMPLES,
      repeats: Number(options.repeats),
      results,
    },
    undefined,
    2,
  ),
);
engine.destroy();
