/**
 * Draws the maps of docs/quality.md: the 10,000 test images of Fashion-MNIST by UMAP in two dimensions, of pixels and
 * of oriented gradients, colored by class, and by the clusters of a mixture in ten dimensions. Needs a build, and
 * Fashion-MNIST in SHOAL_DATA_DIR.
 *
 *   node tools/picture/maps.mjs docs/images/maps.png
 */
import { writeFile } from 'node:fs/promises';
import {
  alignedConfusionMatrix,
  clusteringAccuracy,
  normalizedMutualInformation,
  orientedGradients,
  Pca,
} from '../../packages/core/dist/index.js';
import { loadDataset } from '../../packages/data/dist/node/index.js';
import { Umap, UmapClustering } from '../../packages/manifold/dist/index.js';
import { createWasmEngine } from '../../packages/wasm-kernels/dist/index.js';
import { launchChromium } from '../browser.mjs';

/** Okabe & Ito's eight colors, and two more. */
const COLORS = [
  '#e69f00',
  '#56b4e9',
  '#009e73',
  '#f0e442',
  '#0072b2',
  '#d55e00',
  '#cc79a7',
  '#333333',
  '#7b4fa3',
  '#9a6324',
];

const [out] = process.argv.slice(2);
const { points, labels, classNames, imageShape } = (await loadDataset('fashion-mnist', { download: false }))
  .test;
if (!classNames || !imageShape) throw new Error('Fashion-MNIST has no classes');
const [height, width] = imageShape;
const engine = await createWasmEngine();

const rows = [];
for (const [name, described] of /** @type {const} */ ([
  ['pixels', points],
  ['oriented gradients', await orientedGradients(points, { width, height })],
])) {
  const pca = await new Pca({ components: 50, engine }).fit(described);
  const codes = await pca.transform(described);
  const { embedding } = await new Umap({ minDist: 0.05, engine }).fit(codes);
  const clustering = { method: /** @type {const} */ ('gmm'), clusters: 10 };
  const found = (await new UmapClustering({ clustering, engine }).fit(described)).labels;
  const scores = `accuracy ${clusteringAccuracy(labels, found).toFixed(3)}, NMI ${normalizedMutualInformation(labels, found).toFixed(3)}`;
  const { classes, clusters } = alignedConfusionMatrix(labels, found);
  // Clusters get the colors of the classes they match.
  const aligned = Array.from(found, (cluster) => Number(classes[clusters.indexOf(cluster)] ?? 0));
  rows.push({ places: [...embedding.data], title: `${name}: classes`, groups: [...labels] });
  rows.push({
    places: [...embedding.data],
    title: `${name}: clusters of ten dimensions, ${scores}`,
    groups: aligned,
  });
}
engine.destroy();

const browser = await launchChromium({ webgpu: false });
const page = await browser.newPage({ viewport: { width: 1240, height: 1330 }, deviceScaleFactor: 1 });
await page.setContent(
  '<style>body{margin:20px;font:15px system-ui,sans-serif;background:#fff;color:#222;display:grid;' +
    'grid-template-columns:590px 590px;gap:14px 20px}h2{font-size:15px;margin:0 0 6px}' +
    '#legend{grid-column:1/3;display:flex;gap:16px;flex-wrap:wrap}#legend b{font-weight:400}</style><div id="legend"></div>',
);
await page.evaluate(
  ({ rows, colors, names }) => {
    const legend = document.querySelector('#legend');
    names.forEach((name, i) => {
      const entry = document.createElement('b');
      entry.textContent = `● ${name}`;
      entry.style.color = colors[i];
      legend?.append(entry);
    });
    for (const { places, title, groups } of rows) {
      const figure = document.createElement('div');
      const heading = document.createElement('h2');
      heading.textContent = title;
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [590, 590];
      figure.append(heading, canvas);
      document.body.append(figure);
      const draw = canvas.getContext('2d');
      if (!draw) throw new Error('no canvas');
      const xs = places.filter((_, at) => at % 2 === 0);
      const ys = places.filter((_, at) => at % 2 === 1);
      const range = (/** @type {readonly number[]} */ values) => {
        const sorted = values.toSorted((a, b) => a - b);
        return [sorted[0], sorted[sorted.length - 1]];
      };
      const [[left, right], [low, high]] = [range(xs), range(ys)];
      const scale = 570 / Math.max(right - left, high - low);
      draw.globalAlpha = 0.6;
      groups.forEach((group, i) => {
        draw.fillStyle = colors[group];
        draw.fillRect(10 + (xs[i] - left) * scale - 1, 10 + (ys[i] - low) * scale - 1, 2, 2);
      });
    }
  },
  { rows, colors: COLORS, names: [...classNames] },
);
await writeFile(out, await page.screenshot({ fullPage: true }));
await browser.close();
