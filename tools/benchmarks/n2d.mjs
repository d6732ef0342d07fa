// N2D, with a mixture or a balanced cut, on the oriented gradients of all 70,000 images over seeds, with one
// autoencoder, or with several and their codes side by side: node tools/benchmarks/n2d.mjs [--clustering cut]
// [--members 3] [--encoder dense] [--seeds 3] [--first 0] Prints each run, then mean, spread, the run picked without
// labels and a vote, as JSON. Needs a build, and Fashion-MNIST in SHOAL_DATA_DIR.
import { parseArgs } from 'node:util';
import {
  clusteringAccuracy,
  consensus,
  matrix,
  normalizedMutualInformation,
  orientedGradients,
  rankRuns,
} from '../../packages/core/dist/index.js';
import { loadDataset } from '../../packages/data/dist/node/index.js';
import { gradientAutoencoder, N2d } from '../../packages/deep-clustering/dist/index.js';
import { createTensorBackend } from '../../packages/deep-clustering/dist/node/index.js';
import { createWasmEngine } from '../../packages/wasm-kernels/dist/index.js';

const CLUSTERS = 10;

/** Oriented gradients are images of 4 x 4 cells with 8 directions as channels. */
const ENCODERS = {
  dense: gradientAutoencoder,
  convolutional: {
    ...gradientAutoencoder,
    image: { height: 4, width: 4, channels: 8 },
    layers: [{ filters: 64, kernel: 3 }, { filters: 64, kernel: 3, stride: 2 }, 32],
  },
};

/** How the embedding is clustered. A cut is compact in the images. */
const CLUSTERINGS = {
  gmm: /** @type {const} */ ({ method: 'gmm', clusters: CLUSTERS }),
  cut: /** @type {const} */ ({ method: 'cut', clusters: CLUSTERS }),
};

const { values: options } = parseArgs({
  options: {
    clustering: { type: 'string', default: 'gmm' },
    members: { type: 'string', default: '1' },
    encoder: { type: 'string', default: 'dense' },
    seeds: { type: 'string', default: '3' },
    first: { type: 'string', default: '0' },
  },
});
const autoencoder = Object.entries(ENCODERS).find(([name]) => name === options.encoder)?.[1];
const clustering = Object.entries(CLUSTERINGS).find(([name]) => name === options.clustering)?.[1];
if (!clustering) throw new Error(`--clustering takes ${Object.keys(CLUSTERINGS).join(' or ')}`);
if (!autoencoder) throw new Error(`--encoder takes ${Object.keys(ENCODERS).join(' or ')}`);

const { train, test } = await loadDataset('fashion-mnist', { download: false });
const pixels = new Uint8Array(train.points.data.length + test.points.data.length);
pixels.set(/** @type {Uint8Array} */ (train.points.data));
pixels.set(/** @type {Uint8Array} */ (test.points.data), train.points.data.length);
const classes = [...train.labels, ...test.labels];
const images = matrix(pixels, classes.length, train.points.columns, train.points.scale);
const gradients = await orientedGradients(images, { width: 28, height: 28 });

const engine = await createWasmEngine();
const backend = await createTensorBackend({ kind: 'wasm' });
const score = (/** @type {Uint32Array} */ labels) => ({
  accuracy: clusteringAccuracy(classes, labels),
  nmi: normalizedMutualInformation(classes, labels),
});
/** @type {{ seed: number, labels: Uint32Array, seconds: number, accuracy: number, nmi: number }[]} */
const runs = [];
for (let i = 0; i < Number(options.seeds); i++) {
  const seed = Number(options.first) + i;
  const startedAt = performance.now();
  const n2d = new N2d({
    autoencoder,
    members: Number(options.members),
    clustering,
    seed,
    backend,
    engine,
  });
  const model = await n2d.fit(gradients, { compactIn: images });
  const seconds = (performance.now() - startedAt) / 1000;
  const { labels } = model;
  runs.push({ seed, labels, seconds, ...score(labels) });
  model.destroy();
  const { accuracy, nmi } = runs[i];
  console.error(
    `seed ${seed}: accuracy ${accuracy.toFixed(4)}, NMI ${nmi.toFixed(4)}, ${seconds.toFixed(0)} s`,
  );
}

/** @param {'accuracy' | 'nmi' | 'seconds'} name */
function spread(name) {
  const values = runs.map((run) => run[name]);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0, values };
}
const several = runs.length > 1;
const picked = several ? runs[rankRuns(runs)[0].index] : undefined;
const vote = several
  ? await consensus(
      runs.map(({ labels }) => labels),
      { clusters: CLUSTERS },
    )
  : undefined;
console.log(
  JSON.stringify(
    {
      images: classes.length,
      engine: engine.info.device,
      encoder: options.encoder,
      clustering: options.clustering,
      epochs: autoencoder.epochs,
      members: Number(options.members),
      seeds: runs.map(({ seed }) => seed),
      accuracy: spread('accuracy'),
      nmi: spread('nmi'),
      seconds: spread('seconds'),
      pick: picked && { seed: picked.seed, accuracy: picked.accuracy, nmi: picked.nmi },
      vote: vote && score(vote.labels),
    },
    undefined,
    2,
  ),
);
backend.destroy();
engine.destroy();
process.exit(0);
