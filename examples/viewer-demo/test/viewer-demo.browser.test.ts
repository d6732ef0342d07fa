import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { adjustedRandIndex, KMeans, matrix, Random } from '@shoal/core';
import { FORMATS, garments, writeNpy } from '@shoal/data';
import type { ClusteringData, ClusterViewer } from '@shoal/viewer';
import { buildClustering, encodeView, VIEW_FILE } from '@shoal/viewer/data';
import { createWasmEngine } from '@shoal/wasm-kernels';
import type axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, servePage } from '../../../tools/browser.mjs';

const axeScript = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** Three heaps of two columns, ten points each, with their classes. */
const heaps = Array.from({ length: 30 }, (_, i) => [
  10 * (i % 3),
  5 * (i % 3) + i / 100,
  ['cod', 'eel', 'ray'][i % 3],
]);
const csv = ['width,height,label', ...heaps.map((row) => row.join(','))].join('\n');

describe('the demo page', () => {
  let browser: Browser;
  let page: Page;
  let site: Awaited<ReturnType<typeof servePage>>;
  const problems: string[] = [];
  const hosts = new Set<string>();

  beforeAll(async () => {
    site = await servePage(dirname(import.meta.dirname));
    browser = await launchChromium();
    page = await open('');
  });

  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  /** Opens the page, and records the errors and the requests of every page. */
  async function open(query: string): Promise<Page> {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const opened = await context.newPage();
    opened.on('pageerror', (error) => problems.push(error.message));
    opened.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    opened.on('request', (request) => hosts.add(new URL(request.url()).host));
    await opened.goto(`${site.url}${query}`);
    return opened;
  }

  it('offers files of every format that Shoal reads', async () => {
    const accepted = (await page.getAttribute('#file', 'accept'))?.split(',') ?? [];
    const endings = FORMATS.flatMap(({ extensions }) => extensions).map((extension) => `.${extension}`);
    expect(accepted.slice(0, endings.length)).toEqual(endings);
    expect(accepted.slice(endings.length)).toContain('.gz');
    const hint = await page.textContent('#formats');
    for (const { title } of FORMATS) expect(hint).toContain(title);
  });

  it('draws garments and clusters them live, as Node.js does', async () => {
    const engine = await createWasmEngine();
    const { train } = await garments({ train: 3000, test: 1, seed: 3 });
    const model = await new KMeans({ clusters: 10, seed: 1, engine }).fit(train.points);
    engine.destroy();
    expect(await ending(page)).toBe(
      `k-means converged after ${model.iterations} iterations: inertia ${model.inertia.toPrecision(7)}.`,
    );
    expect(await shown(page)).toMatchObject({ title: 'Garments', count: 3000, clusters: 10, pictures: 3000 });
  });

  it('lists typed events, and clears the list', async () => {
    await page.evaluate(() => {
      document.querySelector<ClusterViewer>('cluster-viewer')!.selection = [3, 1];
    });
    const newest = page.locator('#log li').first();
    expect(await newest.textContent()).toContain('selection-change');
    expect(await newest.textContent()).toContain('rows: Uint32Array(2) [1, 3]');
    expect(await page.locator('#log li').nth(1).textContent()).toContain('done: true');
    await page.click('#clear');
    expect(await page.locator('#log li').count()).toBe(0);
  });

  it('fits a mixture when it is asked to', async () => {
    await page.fill('input[name=clusters]', '4');
    await page.click('button[value=gmm]');
    expect(await ending(page)).toMatch(
      /^The Gaussian mixture (converged|stopped) after \d+ iterations: mean log/,
    );
    expect(await shown(page)).toMatchObject({ clusters: 4, model: 'gaussian-mixture' });
  });

  it('draws blobs of two columns, which a mixture separates', async () => {
    await page.fill('input[name=clusters]', '6');
    await page.click('#blobs');
    expect(await ending(page)).toMatch(/^k-means converged/);
    await page.click('button[value=gmm]');
    expect(await ending(page)).toMatch(/^The Gaussian mixture converged/);
    const { labels, ...rest } = await shown(page);
    expect(rest).toMatchObject({ title: 'Blobs', count: 4200, clusters: 6, pointColumns: 2 });
    const planted = Array.from(labels.keys(), (i) => i % 6);
    expect(adjustedRandIndex(planted, labels)).toBeGreaterThan(0.7);
  });

  it('opens a CSV file and clusters it', async () => {
    await page.fill('input[name=clusters]', '3');
    await choose('heaps.csv', csv);
    expect(await ending(page)).toMatch(/^k-means converged/);
    const { labels, ...rest } = await shown(page);
    expect(rest).toMatchObject({ title: 'heaps.csv', count: 30, columns: ['width', 'height'] });
    expect(rest.classes).toEqual(['cod', 'eel', 'ray']);
    expect(labels).toEqual(labels.map((_, i) => labels[i % 3]));
    expect(new Set(labels).size).toBe(3);
  });

  it('opens a NPY file that is dropped on it', async () => {
    const random = new Random(5);
    const data = Float32Array.from({ length: 200 }, () => random.normal());
    const bytes = Array.from(writeNpy({ data, shape: [50, 4] }));
    await page.evaluate((numbers) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([Uint8Array.from(numbers)], 'noise.npy'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, bytes);
    expect(await ending(page)).toMatch(/^k-means converged/);
    expect(await shown(page)).toMatchObject({ title: 'noise.npy', count: 50, clusters: 3 });
  });

  it('makes points of a table of mixed columns, and says what each cluster is', async () => {
    const birds = Array.from({ length: 60 }, (_, i) => ({
      id: i,
      mass: i % 9 === 8 ? null : (i % 2 === 0 ? 3700 : 5100) + 7 * (i % 5),
      sex: i % 2 === 0 ? 'female' : 'male',
    }));
    await page.fill('input[name=clusters]', '2');
    await choose('birds.json', JSON.stringify(birds));
    await page.waitForFunction(() =>
      document
        .querySelector('cluster-viewer')
        ?.data?.clusterTraits?.[0].some((line) => line.startsWith('mass: ')),
    );
    const seen = await page.evaluate(() => {
      const { columns, clusterNames, clusterTraits, labels, notes } =
        document.querySelector('cluster-viewer')!.data!;
      return {
        names: columns?.map(({ name }) => name),
        clusterNames,
        clusterTraits,
        first: labels[0],
        notes,
      };
    });
    expect(seen.names).toEqual(['id', 'mass', 'sex']);
    const light = seen.first;
    expect(seen.clusterTraits?.[light]).toContain('sex: female in 100 % (others: 0 %)');
    expect(seen.clusterTraits?.[1 - light].find((line) => line.startsWith('mass: higher'))).toBeDefined();
    expect(seen.clusterNames?.[light]).toMatch(/mass|female/);
    expect(seen.notes.join(' ')).toMatch(/standardized/);
    await page.fill('input[name=clusters]', '3');
  });

  it('says what is wrong with a file, and keeps the shown data', async () => {
    await choose('torn.npy', '\u0093NUMPY and no more');
    await page.waitForSelector('#problem:not([hidden])');
    expect(await page.textContent('#problem')).toMatch(/^torn\.npy: /);
    expect(await page.textContent('#status')).toBe('That did not work.');
    expect((await shown(page)).title).toBe('birds.json');
  });

  it("opens a run's view, and clusters the pictures in it again", async () => {
    await choose(VIEW_FILE, encodeView(await runOfGarments(true)));
    await page.waitForFunction(() => document.querySelector('#status')?.textContent.includes('60 points'));
    expect(await shown(page)).toMatchObject({ title: 'A run', clusters: 2, pictures: 60 });
    await page.click('button[value=kmeans]');
    expect(await ending(page)).toMatch(/^k-means converged/);
    expect(await shown(page)).toMatchObject({ clusters: 3, pointColumns: 784, pictures: 60 });
  });

  it('clusters a run without pictures by its places on the map', async () => {
    await choose(VIEW_FILE, encodeView(await runOfGarments(false)));
    await page.waitForFunction(() => document.querySelector('#status')?.textContent.includes('60 points'));
    await page.click('button[value=kmeans]');
    expect(await ending(page)).toMatch(/^k-means converged/);
    expect(await shown(page)).toMatchObject({ clusters: 3, pointColumns: 2, pictures: 0 });
  });

  it('shows a run folder beside it, and no address elsewhere', async () => {
    await mkdir(join(site.folder, 'run'));
    await writeFile(join(site.folder, 'run', VIEW_FILE), encodeView(await runOfGarments(true)));
    const beside = await open('?src=run/');
    await beside.waitForFunction(() => document.querySelector('#status')?.textContent.includes('60 points'));
    expect(await shown(beside)).toMatchObject({ title: 'A run', clusters: 2 });
    await beside.context().close();

    const elsewhere = await open('?src=https://example.org/run/');
    await elsewhere.waitForSelector('#problem:not([hidden])');
    expect(await elsewhere.textContent('#problem')).toContain('https://example.org/run/');
    await elsewhere.context().close();
  });

  it('copies the code for embedding', async () => {
    const texts = await page.locator('#snippets pre').allTextContents();
    expect(texts).toHaveLength(4);
    for (const [i, text] of texts.entries()) {
      const button = page.locator('#snippets button').nth(i);
      await button.click();
      await button.filter({ hasText: 'Copied' }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text);
    }
  });

  it('has no violations found by axe, light or dark, wide or narrow', async () => {
    await page.addScriptTag({ path: axeScript });
    for (const theme of ['light', 'dark']) {
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        await page.selectOption('#theme', theme);
        expect(await violations(page), `${theme}, ${width}`).toEqual([]);
      }
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  it('has relative addresses, logs no errors, and makes no requests to other hosts', async () => {
    const html = await readFile(join(site.folder, 'index.html'), 'utf8');
    const addresses = Array.from(html.matchAll(/(?:src|href)="([^"]*)"/g), ([, address]) => address);
    expect(addresses.filter((address) => !/^(\.\/|#|data:)/.test(address))).toEqual([]);
    expect(problems).toEqual([]);
    expect([...hosts].filter((host) => host !== '')).toEqual([new URL(site.url).host]);
  });

  function choose(name: string, content: string | Uint8Array): Promise<void> {
    return page.setInputFiles('#file', { name, mimeType: '', buffer: Buffer.from(content) });
  }
});

/** The message of the page after the end of the running fit. */
async function ending(page: Page): Promise<string> {
  const says = await page.waitForFunction(() => {
    const problem = document.querySelector<HTMLElement>('#problem');
    if (problem?.hidden === false) return problem.textContent;
    const text = document.querySelector('#status')?.textContent;
    return text !== undefined && / after \d+ iterations/.test(text) ? text : undefined;
  });
  return (await says.jsonValue()) ?? '';
}

function shown(page: Page) {
  return page.evaluate(() => {
    const data = document.querySelector<ClusterViewer>('cluster-viewer')!.data!;
    return {
      title: data.title,
      count: data.count,
      clusters: data.clusters,
      labels: Array.from(data.labels),
      columns: data.columnNames,
      classes: data.classes?.names,
      pictures: data.images?.points.length ?? 0,
      pointColumns: data.points?.columns,
      model: data.model?.kind,
    };
  });
}

/** 60 drawn pictures in two clusters, as a run folder keeps them. */
async function runOfGarments(pictures: boolean): Promise<ClusteringData> {
  const { train } = await garments({ train: 60, test: 1, seed: 9 });
  const pixels = train.points.data as Uint8Array;
  return buildClustering({
    points: matrix(pixels, 60, 784, 1 / 255),
    labels: Array.from(pixels.subarray(0, 60).keys(), (i) => i % 2),
    images: pictures ? { width: 28, height: 28, pixels } : undefined,
    title: 'A run',
  });
}

function violations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document);
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
}
