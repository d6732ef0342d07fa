import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../../../tools/browser.mjs';
import { pdfPages } from './pdf-text.ts';
import { shoalProcess } from './run-shoal.ts';

const penguins = fileURLToPath(new URL('../../../examples/penguins.csv', import.meta.url));
const argv = ['fit', penguins, '-k', '3', '--label-column', 'species', '--engine', 'wasm', '-o', 'run'];

let folder: string;
let browser: Browser;
/** Names of the clusters, and what the report says of the gaps between them. */
let names: readonly string[];
let separation: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shoal-paper-'));
  const { status, stderr } = await shoalProcess(argv, { cwd: folder });
  expect(status, stderr).toBe(0);
  const profiles = JSON.parse(await readFile(join(folder, 'run', 'profiles.json'), 'utf8')) as {
    clusters: { cluster: number; name: string }[];
    separation: { summary: string };
  };
  names = profiles.clusters.map(({ cluster, name }) => `${cluster}: ${name}`);
  separation = profiles.separation.summary;
  browser = await launchChromium({ webgpu: false });
});
afterAll(async () => {
  await browser.close();
  await rm(folder, { recursive: true });
});

async function open(options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(folder, 'run', 'report.html')).href);
  return page;
}

/** The sentences at the head of a report, which every form of it has. */
function sentences(): readonly RegExp[] {
  const words = separation.replaceAll('.', String.raw`\.`);
  return [
    /344 rows of penguins\.csv were grouped on \w+ \d+, \d{4}, by \d of \d columns: /,
    /K-means made 3 groups, of \d+ to \d+ rows\./,
    new RegExp(`${words} Their silhouette is 0\\.\\d\\d on a scale from -1 to 1: `),
    /shoal fit .*penguins\.csv -k 3 --label-column species/,
  ];
}

describe('a report on paper', () => {
  it('has its sentences, a map, and every cluster in its color, without tools', async () => {
    const page = await open({ colorScheme: 'dark', viewport: { width: 1200, height: 900 } });
    const swatches = await page
      .locator('table.clusters .swatch')
      .evaluateAll((elements) =>
        elements.map((element) => getComputedStyle(element).backgroundColor.match(/\d+/g)!.map(Number)),
      );
    expect(swatches).toHaveLength(3);
    const pages = pdfPages(await page.pdf({ format: 'A4' }));
    expect(pages.length).toBeGreaterThanOrEqual(2);
    expect(pages.length).toBeLessThanOrEqual(4);
    // Ligatures become letters, and lines one text.
    const text = pages
      .map((each) => each.text)
      .join(' ')
      .normalize('NFKC')
      .replaceAll(/\s+/g, ' ');
    for (const sentence of sentences()) expect(text).toMatch(sentence);
    for (const name of names) expect(text.split(name).length - 1).toBe(2);
    // What is behind a click on the screen is open here.
    expect(text).toContain('Fowlkes-Mallows');
    expect(text).not.toMatch(/Color by|Find|Explore/);
    const fills = pages.flatMap((each) => each.fills);
    for (const [red, green, blue] of swatches) {
      expect(fills.some(([r, g, b]) => Math.hypot(r - red, g - green, b - blue) < 3)).toBe(true);
    }
    // Pages are white, also for a reader of dark pages.
    expect(fills.some(([r, g, b]) => r + g + b > 700)).toBe(true);
  });
});

describe('a report without scripts', () => {
  it('has its sentences, a map, a table and cards', async () => {
    const page = await open({ javaScriptEnabled: false, viewport: { width: 900, height: 900 } });
    const text = (await page.locator('body').innerText()).replaceAll(/\s+/g, ' ');
    for (const sentence of sentences()) expect(text).toMatch(sentence);
    expect(await page.locator('figure.map svg').isVisible()).toBe(true);
    expect(await page.locator('table.clusters tbody tr').count()).toBe(3);
    expect(await page.locator('.card').last().isVisible()).toBe(true);
    expect(await page.locator('cluster-viewer').isVisible()).toBe(false);
  });
});

describe.each([390, 320])('a report on a phone, %d pixels wide', (width) => {
  it('cuts nothing and lets nothing overlap', async () => {
    const page = await open({ viewport: { width, height: 800 }, isMobile: true });
    await page.locator('summary').first().click();
    const { wide, cut, overlaps } = await page.evaluate(misplaced);
    expect(wide).toBe(0);
    expect(cut).toEqual([]);
    expect(overlaps).toEqual([]);
    await page.evaluate(axe.source);
    const violations = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { help: string }[] }> } };
      return (await axe.run()).violations.map(({ help }) => help);
    });
    expect(violations).toEqual([]);
  });
});

/** In the page: by how much it is too wide, texts beyond its edge, and texts on one another. */
function misplaced(): { wide: number; cut: string[]; overlaps: string[] } {
  const { clientWidth, scrollWidth } = document.documentElement;
  const texts = Array.from(
    document.querySelectorAll('h1, h2, p, th, td, dt, dd, summary, figcaption'),
  ).filter(
    (element) =>
      element.closest('cluster-viewer, .scroll, .clusters thead') === null && element.checkVisibility(),
  );
  const places = texts
    .map((element) => ({ text: element.textContent.slice(0, 40), box: element.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && box.height > 1);
  const cut = places.filter(({ box }) => box.right > clientWidth + 0.5 || box.left < 0);
  const overlaps = places.filter(({ box: a }, i) =>
    places
      .slice(i + 1)
      .some(
        ({ box: b }) =>
          a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1,
      ),
  );
  return {
    wide: scrollWidth - clientWidth,
    cut: cut.map(({ text }) => text),
    overlaps: overlaps.map(({ text }) => text),
  };
}
