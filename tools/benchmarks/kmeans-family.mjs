// Mini-batch k-means beside scikit-learn, and k-means with sizes beside k-means-constrained, in turns on one machine:
// node tools/benchmarks/kmeans-family.mjs OUT.json [PYTHON] Needs a build, and a Python with both packages. Processor
// seconds are of all threads; they say more than seconds where other programs run.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { matrix, MiniBatchKMeans, Random, SizedKMeans, sliceRows } from '../../packages/core/dist/index.js';
import { createWasmEngine } from '../../packages/wasm-kernels/dist/index.js';

const [, , out, python = 'python3'] = process.argv;
if (!out) throw new Error('Give the file for the results: kmeans-family.mjs OUT.json [PYTHON]');
const PEERS = fileURLToPath(new URL('kmeans-family.py', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kmeans-family-'));
const engine = await createWasmEngine();

/**
 * Gaussian blobs of unequal weights, whose centers lie `spread` apart.
 *
 * @param {number} rows
 * @param {number} columns
 * @param {number} centers
 * @param {number} spread
 */
function blobs(rows, columns, centers, spread) {
  const random = new Random(7);
  const middles = Float64Array.from({ length: centers * columns }, () => spread * random.normal());
  const data = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const from = Math.floor(centers * random.uniform() ** 1.5) * columns;
    for (let j = 0; j < columns; j++) data[i * columns + j] = middles[from + j] + random.normal();
  }
  return matrix(data, rows, columns);
}

/**
 * @template T
 * @param {() => Promise<T>} fit
 */
async function timed(fit) {
  const [start, before] = [performance.now(), process.cpuUsage()];
  const model = await fit();
  const { user, system } = process.cpuUsage(before);
  return { model, seconds: (performance.now() - start) / 1000, processorSeconds: (user + system) / 1e6 };
}

/**
 * @param {string[]} argv
 * @returns {{ seconds: number, processorSeconds: number, inertia: number }}
 */
function peer(...argv) {
  // One thread each: with two, scikit-learn's threads wait for each other on small batches.
  const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1' };
  const text = execFileSync(python, ['-P', PEERS, ...argv], { encoding: 'utf8', env });
  /** @type {{ seconds: number, processorSeconds: number, inertia: number }} */
  const run = JSON.parse(text);
  return run;
}

/** @param {readonly number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {{ data: { buffer: ArrayBufferLike, byteOffset: number, byteLength: number } }} points */
function fileOf({ data }) {
  const path = join(folder, 'points.f32');
  writeFileSync(path, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return path;
}

async function miniBatch() {
  const points = blobs(500_000, 32, 50, 2);
  const path = fileOf(points);
  /** @type {{ seconds: number, processorSeconds: number, inertia: number }[]} */
  const shoal = [];
  /** @type {typeof shoal} */
  const sklearn = [];
  for (let seed = 0; seed < 5; seed++) {
    const { model, ...times } = await timed(() =>
      new MiniBatchKMeans({ clusters: 50, seed, engine }).fit(points),
    );
    shoal.push({ ...times, inertia: model.inertia });
    sklearn.push(peer('minibatch', path, '32', '50', String(seed), '0'));
    console.log(shoal.at(-1), sklearn.at(-1));
  }
  return { points: '500,000 x 32, K 50, 5 seeds', shoal, peer: sklearn, ...ratiosOf(shoal, sklearn) };
}

/**
 * @param {{ processorSeconds: number, seconds: number, inertia: number }[]} ours
 * @param {{ processorSeconds: number, seconds: number, inertia: number }[]} theirs
 */
function ratiosOf(ours, theirs) {
  /** @param {'seconds' | 'processorSeconds' | 'inertia'} key */
  const ratio = (key) => mean(ours.map((run) => run[key])) / mean(theirs.map((run) => run[key]));
  return {
    ratios: {
      seconds: ratio('seconds'),
      processorSeconds: ratio('processorSeconds'),
      inertia: ratio('inertia'),
    },
  };
}

async function sized() {
  const iterations = 3;
  const points = blobs(100_000, 16, 20, 1.5);
  const init = sliceRows(points, 0, 20);
  const options = { clusters: 20, init, tolerance: 0, maxIterations: iterations, engine };
  const { model, ...times } = await timed(() => new SizedKMeans(options).fit(points));
  const shoal = [{ ...times, inertia: model.inertia }];
  console.log(shoal);
  const theirs = [peer('sized', fileOf(points), '16', '20', '0', String(iterations))];
  console.log(theirs);
  return {
    points: `100,000 x 16, K 20, equal sizes, ${iterations} iterations from one start`,
    shoal,
    peer: theirs,
    ...ratiosOf(shoal, theirs),
  };
}

async function approximate() {
  const points = blobs(1_000_000, 16, 20, 1.5);
  const options = /** @type {const} */ ({
    clusters: 20,
    assignment: 'approximate',
    maxIterations: 10,
    engine,
  });
  const { model, ...times } = await timed(() => new SizedKMeans(options).fit(points));
  const result = {
    points: '1,000,000 x 16, K 20, equal sizes, 10 iterations',
    ...times,
    inertia: model.inertia,
    gap: model.gap,
  };
  console.log(result);
  return result;
}

try {
  const results = {
    machine: `${cpus()[0].model}, ${cpus().length} cores`,
    miniBatch: await miniBatch(),
    sized: await sized(),
    approximate: await approximate(),
  };
  writeFileSync(out, `${JSON.stringify(results)}\n`);
} finally {
  engine.destroy();
  rmSync(folder, { recursive: true });
}
