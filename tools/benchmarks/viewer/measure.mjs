import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchChromium, servePage } from '../../browser.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const OURS = '@shoal/viewer';
/** The path of each peer's module in its package. */
const PEERS = { 'regl-scatterplot': 'dist/regl-scatterplot.esm.js', 'embedding-atlas': 'dist/component.js' };

/**
 * @typedef {object} ViewerResult
 * @property {number} points
 * @property {string} contender
 * @property {string | null} description what draws
 * @property {string | null} refused why its times are not reported
 * @property {readonly number[]} firstPaint milliseconds, one of each round
 * @property {readonly number[]} frames milliseconds, all rounds' frames
 *
 * @typedef {object} ViewerReport
 * @property {'shoal-viewer-bench'} schema
 * @property {1} version
 * @property {string} date
 * @property {string} browser
 * @property {string} adapter
 * @property {{ processor: string, cores: number, memoryBytes: number }} machine
 * @property {{ width: number, height: number, pointSize: number, rounds: number, frames: number, seed: number }} parameters
 * @property {Readonly<Record<string, string>>} versions
 * @property {readonly string[]} absent
 * @property {readonly ViewerResult[]} results
 */

/**
 * @param {{ peers?: string | undefined, rounds: number, frames: number, counts: readonly number[], seed: number, say: (line: string) => void }} options
 * @returns {Promise<ViewerReport>}
 */
export async function measureViewer({ peers, rounds, frames, counts, seed, say }) {
  const versions = await versionsOf(peers);
  const contenders = Object.keys(versions);
  const server = await servePage(folder, { plugins: [peerModules(peers)] });
  const browser = await launchChromium();
  try {
    const context = await browser.newContext({ viewport: { width: 820, height: 640 } });
    const open = async () => {
      const page = await context.newPage();
      await page.goto(server.url);
      await page.waitForFunction(() => 'viewerBench' in window);
      return page;
    };
    const first = await open();
    const adapter = await first.evaluate(async () => {
      const info = (await navigator.gpu.requestAdapter())?.info;
      const words = [info?.vendor, info?.architecture, info?.device, info?.description];
      return words.filter((word) => word !== undefined && word !== '').join(' ') || 'none';
    });
    await first.close();
    /** @type {ViewerResult[]} */
    const results = [];
    for (const points of counts) {
      const rows = contenders.map((contender) => ({
        points,
        contender,
        description: /** @type {string | null} */ (null),
        refused: /** @type {string | null} */ (null),
        firstPaint: /** @type {number[]} */ ([]),
        frames: /** @type {number[]} */ ([]),
      }));
      // The first round warms up shader caches and the processor, and does not count.
      for (let round = 0; round <= rounds; round++) {
        for (const row of rows) {
          if (row.refused !== null) continue;
          const page = await open();
          const outcome = await measureOnce(page, row.contender, points, seed, frames);
          await page.close();
          if (typeof outcome === 'string') {
            Object.assign(row, { refused: outcome, firstPaint: [], frames: [] });
          } else if (round > 0) {
            row.description = outcome.description;
            row.firstPaint.push(outcome.firstPaint);
            row.frames.push(...outcome.frames);
          }
          say(
            `${points} points, round ${round}, ${row.contender}: ${typeof outcome === 'string' ? outcome : `${Math.round(outcome.firstPaint)} ms`}`,
          );
        }
      }
      results.push(...rows);
    }
    return {
      schema: 'shoal-viewer-bench',
      version: 1,
      date: new Date().toISOString(),
      browser: `Chromium ${browser.version()}`,
      adapter,
      machine: { processor: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memoryBytes: totalmem() },
      parameters: { width: 800, height: 600, pointSize: 2, rounds, frames, seed },
      versions,
      absent: Object.keys(PEERS).filter((name) => !(name in versions)),
      results,
    };
  } finally {
    await browser.close();
    await server.close();
  }
}

/**
 * @param {import('playwright-core').Page} page
 * @param {string} contender
 * @param {number} points
 * @param {number} seed
 * @param {number} frames
 * @returns {Promise<import('./bench-page.ts').PageResult | string>} times, or why there are none
 */
async function measureOnce(page, contender, points, seed, frames) {
  try {
    const result = await page.evaluate(
      ([name, count, start, moves]) => window.viewerBench.measure(name, count, start, moves),
      /** @type {const} */ ([contender, points, seed, frames]),
    );
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    const picture = await page.screenshot({ clip: { x: 0, y: 0, width: 800, height: 600 } });
    const wrong = await page.evaluate(
      ([png, count, start]) => window.viewerBench.refuse(png, count, start),
      /** @type {const} */ ([picture.toString('base64'), points, seed]),
    );
    return wrong ?? result;
  } catch (error) {
    return error instanceof Error
      ? error.message.split('\n')[0].replace(/^page\.evaluate: (Error: )?/, '')
      : String(error);
  }
}

/**
 * @param {string | undefined} peers
 * @returns {Promise<Record<string, string>>} the contenders by name, Shoal's first
 */
async function versionsOf(peers) {
  /** @param {string} file */
  const versionIn = async (file) => {
    const manifest = /** @type {{ version: string }} */ (JSON.parse(await readFile(file, 'utf8')));
    return manifest.version;
  };
  /** @type {Record<string, string>} */
  const versions = { [OURS]: await versionIn(join(folder, '../../../packages/viewer/package.json')) };
  if (peers === undefined) return versions;
  for (const name of Object.keys(PEERS)) {
    const version = await versionIn(join(peers, 'node_modules', name, 'package.json')).catch(() => undefined);
    if (version !== undefined) versions[name] = version;
  }
  return versions;
}

/**
 * Finds `peer:NAME` in the folder of the peers; one that is absent would throw when imported, but it is never imported.
 *
 * @param {string | undefined} peers
 * @returns {import('vite').Plugin}
 */
function peerModules(peers) {
  const absent = '\0absent-peer';
  return {
    name: 'shoal:peers',
    enforce: 'pre',
    resolveId(id, importer) {
      if (id.startsWith('peer:')) {
        const name = /** @type {keyof typeof PEERS} */ (id.slice('peer:'.length));
        const file = peers === undefined ? absent : resolve(peers, 'node_modules', name, PEERS[name]);
        return existsSync(file) ? file : absent;
      }
      // embedding-atlas loads a database with this; a view of given points does not need it.
      return id.startsWith('@uwdata/mosaic-') && importer?.includes('embedding-atlas') === true
        ? absent
        : undefined;
    },
    load: (id) =>
      id === absent
        ? 'export default undefined; export const EmbeddingView = undefined; export class MosaicClient {} export class Selection {} export const coordinator = undefined, makeClient = undefined, isSelection = undefined;'
        : undefined,
  };
}
