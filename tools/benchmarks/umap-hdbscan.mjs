// UMAP and HDBSCAN of Fashion-MNIST's oriented gradients over seeds, without a number of clusters: fitted on the 60,000
// training images, scored on the 10,000 test images: node tools/benchmarks/umap-hdbscan.mjs [--seeds 3] [--first 0]
// Scores leave noise out, or give it to the cluster that it belongs to most. Prints JSON. Needs a build, and
// Fashion-MNIST in SHOAL_DATA_DIR.
import { parseArgs } from 'node:util';
import {
  adjustedRandIndex,
  clusteringAccuracy,
  HdbscanModel,
  NO_CLUSTER,
  normalizedMutualInformation,
  orientedGradients,
} from '../../packages/core/dist/index.js';
import { loadDataset } from '../../packages/data/dist/node/index.js';
import { UmapClustering } from '../../packages/manifold/dist/index.js';
import { createWasmEngine } from '../../packages/wasm-kernels/dist/index.js';

const { values: options } = parseArgs({
  options: { seeds: { type: 'string', default: '3' }, first: { type: 'string', default: '0' } },
});
const { train, test } = await loadDataset('fashion-mnist', { download: false });
const classes = test.labels;
const image = { width: 28, height: 28 };
const gradients = await orientedGradients(train.points, image);
const others = await orientedGradients(test.points, image);
const engine = await createWasmEngine();

const runs = [];
for (let i = 0; i < Number(options.seeds); i++) {
  const seed = Number(options.first) + i;
  const startedAt = performance.now();
  const model = await new UmapClustering({ clustering: { method: 'hdbscan' }, seed, engine }).fit(gradients);
  const seconds = (performance.now() - startedAt) / 1000;
  if (!(model.clustering instanceof HdbscanModel)) throw new Error('The clustering is not HDBSCAN.');
  const labels = await model.predict(others);
  const memberships = await model.clustering.memberships(await model.transform(others));
  const assigned = labels.map((label, row) => (label === NO_CLUSTER ? strongest(memberships, row) : label));
  const inside = [...labels.keys()].filter((row) => labels[row] !== NO_CLUSTER);
  const run = {
    seed,
    clusters: model.clusters,
    noise: 1 - inside.length / labels.length,
    withoutNoise: score(
      inside.map((row) => classes[row]),
      inside.map((row) => labels[row]),
    ),
    withNoiseAssigned: score(classes, assigned),
    seconds,
  };
  runs.push(run);
  console.error(JSON.stringify(run));
}
console.log(JSON.stringify({ engine: engine.info.device, runs }, undefined, 2));
engine.destroy();

/**
 * @param {ArrayLike<number>} truth
 * @param {ArrayLike<number>} labels
 */
function score(truth, labels) {
  return {
    accuracy: clusteringAccuracy(truth, labels),
    nmi: normalizedMutualInformation(truth, labels),
    ari: adjustedRandIndex(truth, labels),
  };
}

/**
 * The cluster that a row belongs to most.
 *
 * @param {import('../../packages/core/dist/index.js').Matrix} memberships
 * @param {number} row
 */
function strongest({ data, columns }, row) {
  const own = data.subarray(row * columns, (row + 1) * columns);
  return own.indexOf(Math.max(...own));
}
