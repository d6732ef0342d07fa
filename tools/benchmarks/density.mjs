// HDBSCAN and Ward's linkage side by side with other packages, in turns in one run:
//
//   node tools/benchmarks/density.mjs FOLDER [--python python3] [--data umap,pca,plane,ward] [--repeats 3] [--limit 20]
//     [--packages fast_hdbscan,hdbscan,scikit-learn,fastcluster] [--threads 2]
//
// FOLDER keeps the points: 50 principal components of Fashion-MNIST's training images (which must be in SHOAL_DATA_DIR), their
// UMAP embedding in 10 dimensions, and half a million points of a plane; Ward's linkage gets 20,000 of the principal components. It
// also keeps results.json, written after each fit: a run that was stopped goes on from there. Delete it to measure again. A fit that
// takes longer than the limit, in seconds, is ended, and its package is not asked again. Prints a summary as JSON: medians of seconds,
// and of seconds of processors, which other work on the machine changes less. Needs a build.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import {
  adjustedRandIndex,
  AgglomerativeClustering,
  Hdbscan,
  matrix,
  Pca,
  Random,
  sliceRows,
  writtenLabels,
} from '../../packages/core/dist/index.js';
import { loadDataset } from '../../packages/data/dist/node/index.js';
import { Umap } from '../../packages/manifold/dist/index.js';
import { createWasmEngine } from '../../packages/wasm-kernels/dist/index.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    packages: { type: 'string', default: 'fast_hdbscan,hdbscan,scikit-learn,fastcluster' },
    data: { type: 'string', default: 'umap,pca,plane,ward' },
    repeats: { type: 'string', default: '3' },
    limit: { type: 'string', default: '20' },
    threads: { type: 'string', default: '2' },
  },
});
if (positionals.length !== 1) throw new Error('Name the folder for the points and the results.');
const [folder] = positionals;
mkdirSync(folder, { recursive: true });
const engine = await createWasmEngine({ threads: Number(options.threads) });

const HDBSCAN = { minSamples: 5, minClusterSize: 50 };
const WARD = { clusters: 10 };
const HDBSCAN_PACKAGES = ['fast_hdbscan', 'hdbscan', 'scikit-learn'];
const CASES = {
  umap: { columns: 10, task: HDBSCAN, packages: HDBSCAN_PACKAGES },
  pca: { columns: 50, task: HDBSCAN, packages: HDBSCAN_PACKAGES },
  plane: { columns: 2, task: HDBSCAN, packages: HDBSCAN_PACKAGES },
  ward: { columns: 50, task: WARD, packages: ['scikit-learn', 'fastcluster'] },
};
const WARD_ROWS = 20_000;

/** @typedef {keyof typeof CASES} Name */
/** @typedef {{ seconds: number, processor: number, agreement?: number }} Sample */
/** @typedef {Sample | { longerThan: number } | { failed: string }} Outcome */

/** @param {Name} name */
const fileOf = (name) => join(folder, `${name}.f32`);

/** @param {Name} name */
function read(name) {
  const bytes = readFileSync(fileOf(name));
  const data = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return matrix(data, data.length / CASES[name].columns, CASES[name].columns);
}

async function makePoints() {
  if (!existsSync(fileOf('pca'))) {
    const { train } = await loadDataset('fashion-mnist', { download: false });
    const pca = await new Pca({ components: 50, engine }).fit(train.points);
    writeFileSync(fileOf('pca'), Float32Array.from((await pca.transform(train.points)).data));
  }
  if (!existsSync(fileOf('ward'))) {
    writeFileSync(fileOf('ward'), Float32Array.from(sliceRows(read('pca'), 0, WARD_ROWS).data));
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

/** Another package, in a process that keeps what it compiled. @param {string} name */
function startPackage(name) {
  const script = join(import.meta.dirname, 'density.py');
  const argv = ['-P', script, name, options.threads];
  // Its own group: processes that it starts hold its output open, and have to end with it.
  const child = spawn(options.python, argv, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let isEnded = false;
  const kill = () => {
    isEnded = true;
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  };
  return {
    /** @param {object} task @returns {Promise<Outcome>} */
    async ask(task) {
      child.stdin.write(`${JSON.stringify(task)}\n`);
      const { done: isGone } = await lines.next();
      if (isGone) return { failed: 'the Python process ended; see the messages of this run' };
      const limit = Number(options.limit);
      const timer = setTimeout(kill, 1000 * limit);
      const { value, done } = await lines.next();
      clearTimeout(timer);
      if (done && isEnded) return { longerThan: limit };
      if (done) return { failed: 'the Python process ended; see the messages of this run' };
      /** @type {Sample} */
      const answer = JSON.parse(value);
      return answer;
    },
    end: kill,
  };
}

/** @type {Map<string, ReturnType<typeof startPackage>>} */
const running = new Map();

/** @param {string} name @param {object} task */
async function ask(name, task) {
  const peer = running.get(name) ?? startPackage(name);
  running.set(name, peer);
  const outcome = await peer.ask(task);
  if (!('seconds' in outcome)) running.delete(name);
  return outcome;
}

/** @param {Name} name @returns {Promise<{ sample: Sample, labels: Int32Array | Uint32Array }>} */
async function fitOurs(name) {
  const points = read(name);
  const startedAt = performance.now();
  const busy = process.cpuUsage();
  const model =
    name === 'ward'
      ? await new AgglomerativeClustering({ ...WARD, engine }).fit(points)
      : await new Hdbscan({ ...HDBSCAN, engine }).fit(points);
  const { user, system } = process.cpuUsage(busy);
  const sample = { seconds: (performance.now() - startedAt) / 1000, processor: (user + system) / 1e6 };
  return { sample, labels: writtenLabels(model.labels) };
}

function readLabels() {
  const bytes = readFileSync(join(folder, 'labels.i32'));
  return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

const resultsFile = join(folder, 'results.json');
/** @typedef {Partial<Record<string, Outcome[]>>} Outcomes */
/** Of each data set, the outcomes of each package. @type {Partial<Record<string, Outcomes>>} */
const results = existsSync(resultsFile) ? JSON.parse(readFileSync(resultsFile, 'utf8')) : {};

/** @param {Name} name @param {string} who */
const outcomesOf = (name, who) => ((results[name] ??= {})[who] ??= []);

/** @param {Name} name @param {string} who @param {Outcome} outcome */
function note(name, who, outcome) {
  outcomesOf(name, who).push(outcome);
  writeFileSync(resultsFile, JSON.stringify(results, undefined, 2));
  console.error(name, who, JSON.stringify(outcome));
}

/** One fit of each that lacks it. @param {Name} name @param {number} repeat */
async function takeTurns(name, repeat) {
  const { task, columns, packages } = CASES[name];
  const asked = packages.filter((each) => options.packages.split(',').includes(each));
  const waiting = asked.filter((each) => {
    const outcomes = outcomesOf(name, each);
    return outcomes.length <= repeat && outcomes.every((outcome) => 'seconds' in outcome);
  });
  if (waiting.length === 0 && outcomesOf(name, 'shoal').length > repeat) return;
  const { sample, labels } = await fitOurs(name);
  if (outcomesOf(name, 'shoal').length <= repeat) note(name, 'shoal', sample);
  for (const each of waiting) {
    const outcome = await ask(each, {
      ...task,
      file: fileOf(name),
      columns,
      labels: join(folder, 'labels.i32'),
    });
    const agreement = 'seconds' in outcome ? { agreement: adjustedRandIndex(labels, readLabels()) } : {};
    note(name, each, { ...outcome, ...agreement });
  }
}

/** @param {readonly Outcome[]} outcomes @param {'seconds' | 'processor'} what */
function medianOf(outcomes, what) {
  const values = outcomes.flatMap((outcome) => ('seconds' in outcome ? [outcome[what]] : []));
  return values.length < outcomes.length || values.length === 0
    ? Infinity
    : values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** @param {Name} name */
function summaryOf(name) {
  const { shoal = [], ...others } = results[name] ?? {};
  /** @param {'seconds' | 'processor'} what */
  const ratio = (what) =>
    medianOf(shoal, what) / Math.min(...Object.values(others).map((each = []) => medianOf(each, what)));
  return {
    data: name,
    seconds: medianOf(shoal, 'seconds'),
    ratioToBest: ratio('seconds'),
    processorToBest: ratio('processor'),
    outcomes: results[name],
  };
}

const names = /** @type {Name[]} */ (options.data.split(','));
await makePoints();
for (const name of names) {
  for (let repeat = 0; repeat < Number(options.repeats); repeat++) await takeTurns(name, repeat);
}
for (const each of running.values()) each.end();
const settings = { engine: engine.info.device, hdbscan: HDBSCAN, ward: { ...WARD, rows: WARD_ROWS } };
console.log(JSON.stringify({ ...settings, results: names.map(summaryOf) }, undefined, 2));
engine.destroy();
