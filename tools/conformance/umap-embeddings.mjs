/**
 * Embeds every table of points in a folder with Shoal's UMAP, for tools/conformance/compare_umap.py:
 *
 *   node tools/conformance/umap-embeddings.mjs folder/ seeds [first] [reference|wasm]
 *
 * Reads NAME.points.npy and NAME.task.json ({ components, neighbors, minDist, placed }), writes NAME.SEED.npy: an
 * embedding of all rows, or with `placed` of all except the last `placed` rows, which are placed by `transform`.
 * Without NAME.points.npy it makes the points from Fashion-MNIST: { images, gradients }. It needs a build.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  createReferenceEngine,
  matrix,
  orientedGradients,
  Pca,
  sliceRows,
} from '../../packages/core/dist/index.js';
import { readNpy, writeNpy } from '../../packages/data/dist/index.js';
import { loadFashionMnist } from '../../packages/data/dist/node/index.js';
import { Umap } from '../../packages/manifold/dist/index.js';
import { createWasmEngine } from '../../packages/wasm-kernels/dist/index.js';

const [folder, seeds, first = '0', name = 'wasm'] = process.argv.slice(2);
const engine = name === 'wasm' ? await createWasmEngine() : createReferenceEngine();

/**
 * @typedef {{ images: number, gradients: boolean }} Images
 * @typedef {{ components: number, neighbors: number, minDist: number, placed?: number, fashion?: Images }} Task
 */

/**
 * Fifty principal components of images, and their classes.
 *
 * @param {string} task
 * @param {Images} options
 */
async function makeImages(task, { images, gradients }) {
  const { train } = await loadFashionMnist({ download: false });
  const some = sliceRows(train.points, 0, images);
  const points = gradients ? await orientedGradients(some, { width: 28, height: 28 }) : some;
  const pca = await new Pca({ components: 50, engine }).fit(points);
  const codes = await pca.transform(points);
  await writeFile(join(folder, `${task}.points.npy`), writeNpy({ data: codes.data, shape: [images, 50] }));
  const classes = Uint8Array.from(train.labels.slice(0, images));
  await writeFile(join(folder, `${task}.classes.npy`), writeNpy({ data: classes, shape: [images] }));
}

for (const file of (await readdir(folder)).filter((each) => each.endsWith('.task.json')).sort()) {
  const task = file.slice(0, -'.task.json'.length);
  /** @type {Task} */
  const how = JSON.parse(await readFile(join(folder, file), 'utf8'));
  const { components, neighbors, minDist, placed = 0, fashion } = how;
  if (fashion !== undefined) await makeImages(task, fashion);
  const table = readNpy(await readFile(join(folder, `${task}.points.npy`)), task);
  const [rows, columns] = table.shape;
  const points = matrix(Float32Array.from(/** @type {Float32Array} */ (table.data)), rows, columns);
  for (let seed = Number(first); seed < Number(first) + Number(seeds); seed++) {
    const start = performance.now();
    const umap = new Umap({ dimensions: components, neighbors, minDist, seed, engine });
    const model = await umap.fit(placed === 0 ? points : sliceRows(points, 0, rows - placed));
    const out = new Float32Array(rows * components);
    out.set(model.embedding.data);
    if (placed > 0) {
      const found = await model.transform(sliceRows(points, rows - placed, rows));
      out.set(found.data, (rows - placed) * components);
    }
    await writeFile(join(folder, `${task}.${seed}.npy`), writeNpy({ data: out, shape: [rows, components] }));
    const { layout } = model.timings ?? { layout: NaN };
    console.log(
      `${task} seed ${seed}: ${((performance.now() - start) / 1000).toFixed(1)} s, layout ${(layout / 1000).toFixed(1)} s`,
    );
  }
}
engine.destroy();
