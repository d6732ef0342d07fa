/**
 * Takes the README's pictures of the viewer, in the demo page: a run, and a live fit in progress.
 *
 *   shoal fit fashion-mnist -k 10 --metric cosine --seed 1 -o run
 *   node tools/picture/viewer.mjs run docs/images
 */
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decode } from 'fast-png';
import { encode } from 'modern-gif';
import { launchChromium, servePage } from '../browser.mjs';

/** How long an iteration stays in the animation, and the last one, in milliseconds. */
const ITERATION_MS = 180;
const END_MS = 2500;
/** Time limit for the viewer to draw its data, and for a screenshot afterwards, in milliseconds. */
const DRAW_MS = 400;
const PHOTOGRAPH_MS = 1200;

const [runFolder, out] = process.argv.slice(2);
const site = await servePage(fileURLToPath(new URL('../../examples/viewer-demo', import.meta.url)));
await cp(join(runFolder, 'view.safetensors'), join(site.folder, 'run', 'view.safetensors'));
const browser = await launchChromium();

const still = await open('?src=run/', 1.5);
await says(still, /points\.$/);
await frame(still, 1180, 640);
await photograph(still, join(out, 'viewer.png'));

const moving = await open('', 1);
await says(moving, /converged/);
await moving.click('#blobs');
await says(moving, /^k-means converged/);
await frame(moving, 1080, 580);
const frames = await film(moving);
await writeFile(join(out, 'live-fit.gif'), Buffer.from(await encode(frames)));

await browser.close();
await site.close();

/**
 * @param {string} query
 * @param {number} scale device pixels of a CSS pixel
 */
async function open(query, scale) {
  const page = await browser.newPage({
    viewport: { width: 1300, height: 900 },
    deviceScaleFactor: scale,
    colorScheme: 'light',
    // Centroids before convergence are seldom at good places for a picture.
    reducedMotion: 'reduce',
  });
  await page.goto(`${site.url}${query}`);
  return page;
}

/**
 * Puts the viewer in front of everything else, at whole pixels.
 *
 * @param {import('playwright-core').Page} page
 * @param {number} width in CSS pixels
 * @param {number} height
 */
async function frame(page, width, height) {
  await page.addStyleTag({
    content: `cluster-viewer { --cluster-viewer-height: ${height}px; width: ${width}px; position: fixed; inset: 0; }`,
  });
}

/**
 * @param {import('playwright-core').Page} page
 * @param {RegExp} text
 */
async function says(page, text) {
  await page.locator('#status', { hasText: text }).waitFor({ timeout: 120_000 });
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} [path]
 */
async function photograph(page, path) {
  // Away from the map, where it would be over a point.
  await page.mouse.move(1299, 899);
  await page.waitForTimeout(DRAW_MS);
  return page.locator('cluster-viewer').screenshot({ ...(path === undefined ? {} : { path }) });
}

/**
 * A mixture of six Gaussians on the blobs, an iteration a frame.
 *
 * @param {import('playwright-core').Page} page
 * @returns {Promise<Parameters<typeof encode>[0]>}
 */
async function film(page) {
  // The first screenshot takes longest.
  await photograph(page);
  const fit = await page.evaluateHandle(async (interval) => {
    const viewer = document.querySelector('cluster-viewer');
    if (viewer === null) throw new Error('The demo page has no viewer.');
    viewer.view = 'history';
    const seen = { iteration: 0, ended: false };
    viewer.addEventListener('fit-progress', ({ detail: { iteration, done } }) => {
      Object.assign(seen, { iteration, ended: done });
    });
    await viewer.fit({ method: 'gmm', k: 6, seed: 1, engine: 'webgpu', interval });
    return seen;
  }, DRAW_MS + PHOTOGRAPH_MS);
  /** @type {import('modern-gif').UnencodedFrame[]} */
  const frames = [];
  let [width, height, shown, ended] = [0, 0, 0, false];
  while (!ended) {
    const next = await page.waitForFunction(
      ([seen, last]) => (seen.ended || seen.iteration > last ? { ...seen } : undefined),
      /** @type {const} */ ([fit, shown]),
    );
    ({ iteration: shown, ended } = (await next.jsonValue()) ?? { iteration: shown, ended });
    const picture = decode(await photograph(page));
    ({ width, height } = picture);
    frames.push({ data: withAlpha(picture), delay: ended ? END_MS : ITERATION_MS });
  }
  return { width, height, frames, maxColors: 255 };
}

/** @param {import('fast-png').DecodedPng} picture three or four channels of bytes */
function withAlpha({ data, channels, width, height }) {
  const pixels = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) {
    for (let channel = 0; channel < 3; channel++) pixels[4 * i + channel] = data[channels * i + channel];
  }
  return pixels;
}
