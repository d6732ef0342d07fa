// Ward's linkage side by side with scikit-learn, in turns in one run: node tools/benchmarks/ward.mjs [--python python3]
// [--rows 20000] [--repeats 3] [--threads 2]. The points are principal components of Fashion-MNIST's training images, which must
// be in SHOAL_DATA_DIR. Prints JSON. Needs a build.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  adjustedRandIndex,
  AgglomerativeClustering,
  matrix,
  Pca,
  sliceRows,
  toFloat32,
} from '../../packages/core/dist/index.js';
import { loadDataset } from '../../packages/data/dist/node/index.js';
import { createWasmEngine } from '../../packages/wasm-kernels/dist/index.js';

const { values: options } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    rows: { type: 'string', default: '20000' },
    repeats: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
  },
});
const COLUMNS = 50;
const CLUSTERS = 10;
const folder = mkdtempSync(join(tmpdir(), 'shoal-ward-'));
const [pointsFile, labelsFile] = ['points.f32', 'labels.i32'].map((name) => join(folder, name));
const engine = await createWasmEngine({ threads: Number(options.threads) });
const { train } = await loadDataset('fashion-mnist', { download: false });
const codes = await (
  await new Pca({ components: COLUMNS, engine }).fit(train.points)
).transform(train.points);
const data = Float32Array.from(toFloat32(sliceRows(codes, 0, Number(options.rows))));
const points = matrix(data, data.length / COLUMNS, COLUMNS);
writeFileSync(pointsFile, data);

/** @type {number[]} */
const ours = [];
/** @type {number[]} */
const theirs = [];
let agreement = 0;
for (let repeat = 0; repeat < Number(options.repeats); repeat++) {
  const startedAt = performance.now();
  const { labels } = await new AgglomerativeClustering({ clusters: CLUSTERS, engine }).fit(points);
  ours.push((performance.now() - startedAt) / 1000);
  const script = join(import.meta.dirname, 'ward.py');
  const argv = [script, pointsFile, labelsFile, String(COLUMNS), String(CLUSTERS)];
  const { status, stdout, stderr } = spawnSync(options.python, argv, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  theirs.push(Number(stdout));
  const bytes = readFileSync(labelsFile);
  const found = new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  agreement = adjustedRandIndex(labels, found);
}
engine.destroy();
rmSync(folder, { recursive: true });
const [median, other] = [ours, theirs].map(
  (seconds) => seconds.toSorted((a, b) => a - b)[seconds.length >> 1],
);
console.log(
  JSON.stringify(
    {
      rows: points.rows,
      columns: COLUMNS,
      shoal: ours,
      scikitLearn: theirs,
      ratio: median / other,
      agreement,
    },
    undefined,
    2,
  ),
);
