/**
 * Draws the README's picture from real results:
 *
 *   shoal reproduce --seeds 3 --json > reproduction.json
 *   shoal fit fashion-mnist -k 10 --metric cosine -o run
 *   node tools/picture/make.mjs reproduction.json run docs/images/fashion-mnist.png
 */
import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright-core';
import { readRun } from '../../packages/data/dist/node/index.js';
import { findChromium } from '../software-gpu.mjs';

const [reproduction, runFolder, out] = process.argv.slice(2);
/** @type {import('../../packages/cli/src/reproduce/summary.ts').ReproductionSummary} */
const { tasks, seeds } = JSON.parse(await readFile(reproduction, 'utf8'));
const { model, labels } = await readRun(runFolder);
const { data, shape } = model.tensors['centroids'];
const [count, columns] = shape;

const clusters = Array.from({ length: count }, (_, k) => {
  let size = 0;
  for (const label of labels) if (label === k) size++;
  return {
    pixels: Array.from(data.subarray(k * columns, (k + 1) * columns)),
    caption: `${size.toLocaleString('en')} images`,
  };
});

/** @type {Record<string, string>} */
const titles = {
  kmeans: 'k-means on pixels',
  'ae-kmeans': 'autoencoder + k-means',
  'ae-gmm': 'autoencoder + mixture',
};
/** @param {(typeof tasks)[number]} task */
const nmi = ({ test }) =>
  typeof test.nmi.geometric === 'number' ? test.nmi.geometric : test.nmi.geometric.mean;
const bars = Object.entries(titles).map(([name, title]) => {
  const [asReported, ours] = ['report', 'default'].map((settings) =>
    tasks.find((task) => task.name === name && task.settings === settings),
  );
  if (asReported === undefined || ours === undefined)
    throw new Error(`${reproduction} lacks the task ${name}.`);
  return {
    title,
    bars: [
      { value: asReported.reported, label: `${asReported.reported.toFixed(3)} report`, color: '#b8c4cf' },
      { value: nmi(asReported), label: `${nmi(asReported).toFixed(3)} its settings`, color: '#6d93c4' },
      { value: nmi(ours), label: `${nmi(ours).toFixed(3)} Shoal`, color: '#e0723c' },
    ],
  };
});

const executablePath = findChromium();
if (executablePath === undefined) throw new Error('Drawing the picture needs Chromium.');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1200, height: 400 }, deviceScaleFactor: 1.5 });
await page.addInitScript(
  `window.picture = ${JSON.stringify({
    clusters,
    side: Math.sqrt(columns),
    how: 'found by spherical k-means on the pixels of 60,000 images; each is its centroid',
    what: `geometric NMI on the 10,000 test images, mean of ${seeds.length} seed${seeds.length > 1 ? 's' : ''}`,
    tasks: bars,
  })}`,
);
await page.goto(new URL('page.html', import.meta.url).href);
await page.screenshot({ path: out, fullPage: true });
await browser.close();
