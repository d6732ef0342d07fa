// How well criteria that need no classes choose among runs:
//   node tools/benchmarks/selection.mjs [--digits digits.csv] [--seeds 10] [--method 'UMAP + cut']
// For each dataset and method it fits several seeds, ranks them by each criterion, and correlates the ranks with accuracy
// (Spearman). Prints a table, and JSON with --json. Needs a build, and Fashion-MNIST in SHOAL_DATA_DIR.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
  clusteringAccuracy,
  consensus,
  GaussianMixture,
  KMeans,
  normalizedMutualInformation,
  orientedGradients,
  rankRuns,
  silhouetteScore,
} from '../../packages/core/dist/index.js';
import { garments, readCsv } from '../../packages/data/dist/index.js';
import { loadDataset } from '../../packages/data/dist/node/index.js';
import { UmapClustering } from '../../packages/manifold/dist/index.js';
import { createWasmEngine } from '../../packages/wasm-kernels/dist/index.js';

/**
 * @typedef {import('../../packages/core/dist/index.js').Matrix} Matrix
 * @typedef {{ name: string, points: Matrix, images: Matrix, classes: ArrayLike<number> }} Data
 * @typedef {{ labels: Uint32Array, space: Matrix, logLikelihood?: number, inertia?: number }} Fit
 * @typedef {'log-likelihood' | 'inertia' | 'silhouette' | 'stability' | 'consensus'} Criterion
 */

const CLUSTERS = 10;
const SILHOUETTE_SAMPLE = 2000;

const { values: options } = parseArgs({
  options: {
    digits: { type: 'string' },
    seeds: { type: 'string', default: '10' },
    method: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const seeds = Array.from({ length: Number(options.seeds) }, (_, seed) => seed);
const engine = await createWasmEngine();

/** @type {Record<string, (points: Matrix, seed: number, images: Matrix) => Promise<Fit>>} */
const METHODS = {
  'k-means': async (points, seed) => {
    const model = await new KMeans({ clusters: CLUSTERS, seed, engine }).fit(points);
    return { labels: model.labels, space: points, inertia: model.inertia };
  },
  mixture: async (points, seed) => {
    const options = { clusters: CLUSTERS, covarianceType: 'diag', regCovar: 1e-3, seed, engine };
    const model = await new GaussianMixture(/** @type {any} */ (options)).fit(points);
    return { labels: model.labels, space: points, logLikelihood: model.lowerBound };
  },
  'UMAP + mixture': async (points, seed) => {
    const clustering = { method: /** @type {const} */ ('gmm'), clusters: CLUSTERS };
    const model = await new UmapClustering({ clustering, seed, engine }).fit(points);
    const { clustering: mixture, labels, embedding } = model;
    return { labels, space: embedding, logLikelihood: /** @type {any} */ (mixture).lowerBound };
  },
  'UMAP + cut': async (points, seed, images) => {
    const clustering = { method: /** @type {const} */ ('cut'), clusters: CLUSTERS };
    const model = await new UmapClustering({ clustering, seed, engine }).fit(points, { compactIn: images });
    const { clustering: cut, labels, embedding } = model;
    // Ranked like an inertia: lower is better.
    return { labels, space: embedding, inertia: /** @type {any} */ (cut).value };
  },
};

/** @returns {Promise<Data[]>} */
async function datasets() {
  const fashion = await loadDataset('fashion-mnist', { download: false });
  const drawn = await garments({ train: 3000, test: 10 });
  const images = [
    { ...fashion.test, name: 'Fashion-MNIST, 10,000 test images' },
    { ...drawn.train, name: 'garments, 3,000 images' },
  ];
  /** @type {Data[]} */
  const found = [];
  for (const { name, points, labels, imageShape } of images) {
    if (!imageShape) throw new Error(`${name} has no images`);
    const [height, width] = imageShape;
    found.push({ name, points, images: points, classes: labels });
    found.push({
      name: `${name}, oriented gradients`,
      points: await orientedGradients(points, { width, height }),
      images: points,
      classes: labels,
    });
  }
  if (options.digits !== undefined) {
    const { points, labels } = readCsv(await readFile(options.digits), { labelColumn: 'first' });
    if (!labels) throw new Error(`${options.digits} has no classes`);
    found.push({ name: "scikit-learn's digits, 1,797 images", points, images: points, classes: labels });
  }
  return found;
}

/**
 * Spearman's rank correlation; ties share their ranks.
 *
 * @param {readonly number[]} ranks from 1, the best
 * @param {readonly number[]} accuracies
 */
function spearman(ranks, accuracies) {
  const order = accuracies.map(
    (value) =>
      1 +
      accuracies.filter((other) => other > value).length +
      (accuracies.filter((other) => other === value).length - 1) / 2,
  );
  const mean = (ranks.length + 1) / 2;
  const product = (/** @type {readonly number[]} */ a, /** @type {readonly number[]} */ b) =>
    a.reduce((sum, value, i) => sum + (value - mean) * (b[i] - mean), 0);
  return product(ranks, order) / Math.sqrt(product(ranks, ranks) * product(order, order));
}

const results = [];
const chosen = Object.entries(METHODS).filter(([name]) => name === (options.method ?? name));
if (chosen.length === 0) throw new Error(`--method takes ${Object.keys(METHODS).join(', ')}`);
for (const { name, points, images, classes } of await datasets()) {
  for (const [method, fit] of chosen) {
    /** @type {(Fit & { silhouette: number })[]} */
    const runs = [];
    for (const seed of seeds) {
      const run = await fit(points, seed, images);
      const sampleSize = Math.min(SILHOUETTE_SAMPLE, points.rows);
      runs.push({
        ...run,
        silhouette: await silhouetteScore(run.space, run.labels, { sampleSize, seed: 0 }),
      });
    }
    const partitions = runs.map(({ labels }) => labels);
    const accuracies = partitions.map((labels) => clusteringAccuracy(classes, labels));
    const voted = await consensus(partitions, { clusters: CLUSTERS });
    const joined = await consensus(partitions, { clusters: CLUSTERS, method: 'memberships', engine });
    const objective = runs[0].inertia === undefined ? 'log-likelihood' : 'inertia';
    /** @type {readonly Criterion[]} */
    const criteria = [objective, 'silhouette', 'stability', 'consensus'];
    const byCriterion = Object.fromEntries(
      criteria.map((criterion) => {
        const ranked = rankRuns(runs, { criteria: [criterion], consensus: voted.labels });
        const ranks = runs.map((_, i) => ranked.find(({ index }) => index === i)?.meanRank ?? NaN);
        return [criterion, { correlation: spearman(ranks, accuracies), picked: accuracies[ranked[0].index] }];
      }),
    );
    const mean = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length;
    const score = (/** @type {Uint32Array} */ labels) => ({
      accuracy: clusteringAccuracy(classes, labels),
      nmi: normalizedMutualInformation(classes, labels),
    });
    const result = {
      data: name,
      method,
      accuracies,
      mean,
      nmi: partitions.map((labels) => normalizedMutualInformation(classes, labels)),
      least: Math.min(...accuracies),
      most: Math.max(...accuracies),
      criteria: byCriterion,
      voting: score(voted.labels),
      memberships: score(joined.labels),
    };
    results.push(result);
    if (!options.json) {
      const parts = criteria.map(
        (criterion) =>
          `${criterion} ${byCriterion[criterion].correlation.toFixed(2)} (${byCriterion[criterion].picked.toFixed(3)})`,
      );
      console.log(
        `${name}: ${method}: accuracy ${mean.toFixed(3)} [${result.least.toFixed(3)}, ${result.most.toFixed(3)}]; ` +
          `${parts.join(', ')}; vote ${result.voting.accuracy.toFixed(3)}, memberships ${result.memberships.accuracy.toFixed(3)}`,
      );
    }
  }
}
if (options.json) console.log(JSON.stringify({ engine: engine.info.device, seeds, results }, undefined, 2));
engine.destroy();
