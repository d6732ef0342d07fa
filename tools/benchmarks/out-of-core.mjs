// k-means of a file in parts beside Dask-ML and scikit-learn's mini-batches, in turns on one machine, two threads each:
// node tools/benchmarks/out-of-core.mjs OUT.json [PYTHON] Needs a build, and a Python with dask-ml. Each fit has a process of its
// own. The inertia is that of the final centroids, by all points.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KMeans, matrix, Random } from '../../packages/core/dist/index.js';
import { readPartedFile, readPointsFile } from '../../packages/data/dist/node/index.js';
import { createWasmEngine } from '../../packages/wasm-kernels/dist/index.js';

const ROWS = 4_000_000;
const COLUMNS = 32;
const CLUSTERS = 64;
const ITERATIONS = 10;
const CHUNK_ROWS = 62_500;
const TIMES = 3;
/** No part stays in memory. */
const MEMORY_BYTES = 128e6;

/**
 * Gaussian blobs of equal weights that overlap, in an NPY file.
 *
 * @param {string} path
 */
function writePoints(path) {
  const random = new Random(7);
  const middles = Float64Array.from({ length: CLUSTERS * COLUMNS }, () => 1.2 * random.normal());
  const file = openSync(path, 'w');
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${ROWS}, ${COLUMNS}), }`.padEnd(117);
  writeSync(file, Buffer.from(`\x93NUMPY\x01\x00\x76\x00${header}\n`, 'latin1'));
  const rows = new Float32Array(10_000 * COLUMNS);
  for (let first = 0; first < ROWS; first += 10_000) {
    for (let i = 0; i < 10_000; i++) {
      const from = Math.floor(CLUSTERS * random.uniform()) * COLUMNS;
      for (let j = 0; j < COLUMNS; j++) rows[i * COLUMNS + j] = middles[from + j] + random.normal();
    }
    writeSync(file, new Uint8Array(rows.buffer));
  }
  closeSync(file);
}

/**
 * One fit, in this process.
 *
 * @param {string} kind
 * @param {string} path
 */
async function fitShoal(kind, path) {
  const engine = await createWasmEngine({ threads: 2 });
  const first = await readPartedFile(path, { memoryBytes: MEMORY_BYTES });
  if (first === undefined) throw new Error('The points are not read in parts.');
  const { data } = await first.points.parts[0].load();
  const init = matrix(data.slice(0, CLUSTERS * COLUMNS), CLUSTERS, COLUMNS);
  const options = { clusters: CLUSTERS, init, tolerance: 0, maxIterations: ITERATIONS, engine };
  const [start, before] = [performance.now(), process.cpuUsage()];
  const points = kind === 'parts' ? first.points : (await readPointsFile(path)).points;
  const model = await new KMeans(options).fit(points);
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - start) / 1000;
  const peakMegabytes = process.resourceUsage().maxRSS / 1e3;
  const run = { seconds, processorSeconds: (user + system) / 1e6, inertia: model.inertia, peakMegabytes };
  console.log(JSON.stringify(run));
  engine.destroy();
}

const [, script, out, python = 'python3', kind, path] = process.argv;
if (process.argv.length > 4) {
  await fitShoal(kind, path);
} else {
  if (!out) throw new Error('Give the file for the results: out-of-core.mjs OUT.json [PYTHON]');
  const folder = mkdtempSync(join(tmpdir(), 'out-of-core-'));
  const points = join(folder, 'points.npy');
  const peer = fileURLToPath(new URL('out-of-core.py', import.meta.url));
  const sizes = [CLUSTERS, ITERATIONS, CHUNK_ROWS].map(String);
  const contenders = {
    'Shoal, in parts': [process.execPath, script, out, python, 'parts', points],
    'Shoal, in one piece': [process.execPath, script, out, python, 'whole', points],
    'Dask-ML': [python, '-P', peer, 'dask', points, ...sizes],
    'scikit-learn, mini-batches': [python, '-P', peer, 'sklearn', points, ...sizes],
  };
  /** @type {Record<string, unknown[]>} */
  const runs = {};
  try {
    writePoints(points);
    for (let time = 0; time < TIMES; time++) {
      for (const [name, [command, ...argv]] of Object.entries(contenders)) {
        const text = execFileSync(command, argv, {
          encoding: 'utf8',
          env: { ...process.env, OMP_NUM_THREADS: '2' },
        });
        (runs[name] ??= []).push(JSON.parse(text));
        console.log(name, runs[name].at(-1));
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const machine = `${cpus()[0].model}, ${cpus().length} cores`;
  const shape = { rows: ROWS, columns: COLUMNS, clusters: CLUSTERS, iterations: ITERATIONS };
  writeFileSync(out, `${JSON.stringify({ machine, ...shape, runs })}\n`);
}
