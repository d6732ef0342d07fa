/**
 * Draws the picture of docs/choosing.md: seven sets of points by eight methods, with the adjusted Rand index of each. Needs a
 * build.
 *
 *   node tools/picture/shapes.mjs docs/images/shapes.png
 */
import { writeFile } from 'node:fs/promises';
import {
  adjustedRandIndex,
  AgglomerativeClustering,
  countWithoutCluster,
  Dbscan,
  GaussianMixture,
  Hdbscan,
  KMeans,
  matrixFromRows,
  NO_CLUSTER,
} from '../../packages/core/dist/index.js';
import { UmapClustering } from '../../packages/manifold/dist/index.js';
import { createWasmEngine } from '../../packages/wasm-kernels/dist/index.js';
import { launchChromium } from '../browser.mjs';
import { shapeSets } from './shape-sets.mjs';

/** @typedef {import('../../packages/core/src/matrix.ts').Matrix} Matrix */

/** Okabe & Ito's colors without black; gray is for noise. */
const COLORS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#b8a800'];
const NOISE = '#b5b5b5';

const engine = await createWasmEngine();
const umap = { dimensions: 2, neighbors: 15, minDist: 0 };
const ofEmbedding = (
  /** @type {import('../../packages/manifold/src/index.ts').EmbeddingClustering} */ clustering,
) => new UmapClustering({ clustering, umap, engine });

/** Each method with one setting for all sets; those that take a number of clusters get the right one. */
const METHODS = [
  { name: 'k-means', make: (/** @type {number} */ clusters) => new KMeans({ clusters, engine }) },
  {
    name: 'mixture',
    make: (/** @type {number} */ clusters) => new GaussianMixture({ clusters, nInit: 5, engine }),
  },
  {
    name: 'Ward',
    make: (/** @type {number} */ clusters) => new AgglomerativeClustering({ clusters, engine }),
  },
  {
    name: 'single linkage',
    make: (/** @type {number} */ clusters) =>
      new AgglomerativeClustering({ clusters, linkage: 'single', engine }),
  },
  { name: 'DBSCAN', make: () => new Dbscan({ radius: 0.2, minSamples: 8, engine }) },
  { name: 'HDBSCAN', make: () => new Hdbscan({ minClusterSize: 15, engine }) },
  {
    name: 'UMAP, mixture',
    make: (/** @type {number} */ clusters) => ofEmbedding({ method: 'gmm', clusters }),
  },
  { name: 'UMAP, HDBSCAN', make: () => ofEmbedding({ method: 'hdbscan', minClusterSize: 15 }) },
];

const cells = [];
for (const { name, clusters, places, groups } of shapeSets()) {
  const points = standardized(places);
  for (const method of METHODS) {
    const { labels } = await method.make(clusters).fit(points);
    const noise = countWithoutCluster(labels);
    const found = new Set(labels).size - (noise > 0 ? 1 : 0);
    cells.push({
      set: name,
      method: method.name,
      places: [...points.data],
      // Noise is a group of its own here, in the points and in what was found.
      text: `${adjustedRandIndex(
        groups,
        [...labels].map((label) => (label === NO_CLUSTER ? -1 : label)),
      ).toFixed(2)} · ${found}${noise > 0 ? ` · ${((100 * noise) / labels.length).toFixed(0)} %` : ''}`,
      groups: ranked(labels),
    });
  }
}
engine.destroy();

const browser = await launchChromium({ webgpu: false });
const page = await browser.newPage({ viewport: { width: 1180, height: 1010 }, deviceScaleFactor: 1 });
await page.setContent(
  '<style>body{margin:14px;font:12px system-ui,sans-serif;background:#fff;color:#222;display:grid;' +
    `grid-template-columns:80px repeat(${METHODS.length},128px);gap:4px 8px;align-items:center}` +
    'b{text-align:center}b.set{text-align:right;font-weight:600}canvas{display:block;border:1px solid #ddd}' +
    'figure{margin:0}figcaption{text-align:right;color:#555;font-size:10px}</style>',
);
await page.evaluate(
  ({ all, methods, colors, noise }) => {
    const add = (/** @type {string} */ text, kind = '') => {
      const label = document.createElement('b');
      label.textContent = text;
      label.className = kind;
      document.body.append(label);
    };
    add('');
    methods.forEach((name) => {
      add(name);
    });
    all.forEach(({ set, places, groups, text }, at) => {
      if (at % methods.length === 0) add(set, 'set');
      const figure = document.createElement('figure');
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [126, 110];
      const caption = document.createElement('figcaption');
      caption.textContent = text;
      figure.append(canvas, caption);
      document.body.append(figure);
      const draw = canvas.getContext('2d');
      if (!draw) throw new Error('no canvas');
      const [xs, ys] = [0, 1].map((axis) => places.filter((_, i) => i % 2 === axis));
      const [left, low] = [Math.min(...xs), Math.min(...ys)];
      const scale = Math.min(116 / (Math.max(...xs) - left), 100 / (Math.max(...ys) - low));
      groups.forEach((group, i) => {
        draw.fillStyle = group < 0 ? noise : colors[group % colors.length];
        draw.fillRect(4 + (xs[i] - left) * scale, 104 - (ys[i] - low) * scale, 2, 2);
      });
    });
  },
  { all: cells, methods: METHODS.map(({ name }) => name), colors: COLORS, noise: NOISE },
);
const [out] = process.argv.slice(2);
await writeFile(out, await page.screenshot({ fullPage: true }));
await browser.close();

/**
 * Points with columns of mean 0 and variance 1.
 *
 * @param {readonly (readonly number[])[]} places
 */
function standardized(places) {
  const columns = [0, 1].map((axis) => {
    const values = places.map((place) => place[axis]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return values.map((value) => (value - mean) / Math.sqrt(variance));
  });
  return matrixFromRows(places.map((_, i) => [columns[0][i], columns[1][i]]));
}

/**
 * Clusters by their sizes, the largest first, so that colors are alike; -1 for noise.
 *
 * @param {Uint32Array} labels
 */
function ranked(labels) {
  /** @type {Map<number, number>} */
  const sizes = new Map();
  for (const label of labels) if (label !== NO_CLUSTER) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  const order = [...sizes.keys()].toSorted((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0) || a - b);
  return [...labels].map((label) => order.indexOf(label));
}
