import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, serveFolder } from '../../../../tools/browser.mjs';
import { root, run } from '../../../../tools/command.mjs';

interface Example {
  readonly name: string;
  readonly title: string;
  /** Arguments that build the example into the next argument's folder, like its `build` script, from the built packages. */
  readonly build: readonly [command: string, ...args: string[]];
  /** The command that checks its types; those of the plain page and of React are checked with all others. */
  readonly check?: readonly [script: string, ...args: string[]];
}

const viteBuild = ['vite', 'build', '--logLevel', 'error', '--outDir'] as const;

const examples: readonly Example[] = [
  { name: 'viewer-html', title: 'plain HTML', build: [process.execPath, 'build.mjs'] },
  { name: 'viewer-react', title: 'React', build: viteBuild },
  {
    name: 'viewer-vue',
    title: 'Vue',
    build: viteBuild,
    check: ['vue-tsc/bin/vue-tsc.js', '--noEmit'],
  },
  {
    name: 'viewer-svelte',
    title: 'Svelte',
    build: viteBuild,
    check: ['svelte-check/bin/svelte-check', '--fail-on-warnings'],
  },
];

describe.each(examples)('the page in $title', ({ name, title, build, check }) => {
  const folder = join(root, 'examples', name);
  const problems: string[] = [];
  let out: string;
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveFolder>>;
  let page: Page;

  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'shoal-page-'));
    const [command, ...args] = build;
    const { code, output } = await run(command, [...args, out], { cwd: folder });
    if (code !== 0) throw new Error(output);
    site = await serveFolder(out);
    browser = await launchChromium();
    page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(site.url);
  });

  afterAll(async () => {
    await browser.close();
    await site.close();
    await rm(out, { recursive: true });
  });

  it('draws the map', async () => {
    expect(await page.textContent('h1')).toBe(`Clusters in ${title}`);
    // The map appears some frames after the page: three clusters, each with its own hue.
    await expect.poll(() => huesOf(page), { timeout: 30_000 }).toBeGreaterThanOrEqual(3);
  });

  it("calls the page's own handler for a selection from code, and after an undo", async () => {
    const status = page.locator('main > p[role=status]');
    expect(await status.textContent()).toContain('Nothing is selected.');
    await page.click('main > button');
    await status.filter({ hasText: 'Selected rows: 4, 5, 6, 7' }).waitFor();
    await page.evaluate(() => {
      document.querySelector('cluster-viewer')!.undo();
    });
    await status.filter({ hasText: 'Nothing is selected.' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('fits live, in a worker that the page can load', async () => {
    const clusters = await page.evaluate(async () => {
      const viewer = document.querySelector('cluster-viewer')!;
      const fit = await viewer.fit({ method: 'kmeans', clusters: 2, engine: 'wasm', interval: 0 });
      await fit.done;
      return viewer.data?.clusters;
    });
    expect(clusters).toBe(2);
    expect(problems).toEqual([]);
  });

  if (check !== undefined) {
    it('has types for properties and events', async () => {
      const [script, ...args] = check;
      const program = join(folder, 'node_modules', script);
      const { code, output } = await run(process.execPath, [program, ...args], { cwd: folder });
      expect(code, output).toBe(0);
    });
  }
});

/** Hues on the map, in steps of 30 degrees, of which there are more than a few pixels. */
async function huesOf(page: Page): Promise<number> {
  const map = page.locator('cluster-viewer-map .points');
  if ((await map.count()) === 0) return 0;
  const png = (await map.screenshot({ style: '.overlay { visibility: hidden }' })).toString('base64');
  return page.evaluate(async (data) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    context.drawImage(bitmap, 0, 0);
    const pixels = context.getImageData(0, 0, bitmap.width, bitmap.height).data;
    const counts = new Uint32Array(12);
    for (let i = 0; i < pixels.length; i += 4) {
      const [red, green, blue] = pixels.subarray(i, i + 3);
      const highest = Math.max(red, green, blue);
      const chroma = highest - Math.min(red, green, blue);
      if (chroma < 100) continue;
      const sector =
        highest === red
          ? (6 + (green - blue) / chroma) % 6
          : highest === green
            ? 2 + (blue - red) / chroma
            : 4 + (red - green) / chroma;
      counts[Math.floor(2 * sector)]++;
    }
    return counts.filter((count) => count > 10).length;
  }, png);
}
