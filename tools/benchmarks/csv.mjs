// Reading delimited text side by side with pandas' default reader, in turns in one run: node tools/benchmarks/csv.mjs
// [--python python3] [--gigabytes 1] [--repeats 5] [--folder /tmp]. The files are of normal numbers: 20 columns with four
// decimals, 10 with six, and 20 with all digits. Each reading is a process of its own, which times itself without its start and
// imports; the file is in the page cache. Prints JSON. Needs a build, and room for one file at a time.
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Random } from '../../packages/core/dist/index.js';
import { readTableFile } from '../../packages/data/dist/node/index.js';

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    gigabytes: { type: 'string', default: '1' },
    repeats: { type: 'string', default: '5' },
    folder: { type: 'string', default: tmpdir() },
    read: { type: 'string' },
  },
});

/** @type {readonly { name: string, columns: number, text: (value: number) => string }[]} */
const FILES = [
  { name: '20 columns, four decimals', columns: 20, text: (value) => value.toFixed(4) },
  { name: '10 columns, six decimals', columns: 10, text: (value) => value.toFixed(6) },
  { name: '20 columns, all digits', columns: 20, text: String },
];
/** Rows that differ; they are repeated. */
const ROWS = 20_000;
const SPREAD = 10;

if (options.read === undefined) console.log(JSON.stringify(FILES.map(compare), undefined, 2));
else await readOnce(options.read);

/** @param {string} path */
async function readOnce(path) {
  const startedAt = performance.now();
  const { rows } = await readTableFile(path);
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(JSON.stringify({ seconds, peak: process.resourceUsage().maxRSS / 1e6, rows }));
}

/** @param {(typeof FILES)[number]} file */
function compare({ name, columns, text }) {
  const folder = mkdtempSync(join(options.folder, 'shoal-csv-'));
  const path = join(folder, 'numbers.csv');
  try {
    const bytes = write(path, columns, text);
    // Into the page cache, in which both find it.
    readFileSync(path);
    const ours = [];
    const theirs = [];
    for (let repeat = 0; repeat < Number(options.repeats); repeat++) {
      ours.push(timed(process.execPath, [import.meta.filename, '--read', path]));
      theirs.push(timed(options.python, [join(import.meta.dirname, 'csv-pandas.py'), path]));
      if (ours[repeat].rows !== theirs[repeat].rows) throw new Error(`${name}: the rows differ.`);
    }
    const [shoal, pandas] = [ours, theirs].map((runs) => summary(runs, bytes));
    return { name, bytes, rows: ours[0].rows, shoal, pandas, ratio: shoal.seconds / pandas.seconds };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string} path
 * @param {number} columns
 * @param {(value: number) => string} text
 */
function write(path, columns, text) {
  const random = new Random(1);
  const line = () => Array.from({ length: columns }, () => text(SPREAD * random.normal())).join(',');
  const block = Buffer.from(`${Array.from({ length: ROWS }, line).join('\n')}\n`);
  const file = openSync(path, 'w');
  let bytes = writeSync(file, `${Array.from({ length: columns }, (_, j) => `x${j + 1}`).join(',')}\n`);
  while (bytes < 1e9 * Number(options.gigabytes)) bytes += writeSync(file, block);
  closeSync(file);
  return bytes;
}

/**
 * @param {string} command
 * @param {string[]} argv
 * @returns {{ seconds: number, peak: number, rows: number }}
 */
function timed(command, argv) {
  const { status, stdout, stderr } = spawnSync(command, argv, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  /** @type {unknown} */
  const result = JSON.parse(stdout);
  return /** @type {{ seconds: number, peak: number, rows: number }} */ (result);
}

/**
 * @param {readonly { seconds: number, peak: number }[]} runs
 * @param {number} bytes
 */
function summary(runs, bytes) {
  const sorted = runs.map(({ seconds }) => seconds).sort((a, b) => a - b);
  const seconds = sorted[Math.floor(sorted.length / 2)];
  return {
    seconds,
    least: sorted[0],
    most: sorted[sorted.length - 1],
    megabytesPerSecond: bytes / 1e6 / seconds,
    peakGigabytes: Math.max(...runs.map(({ peak }) => peak)),
  };
}
