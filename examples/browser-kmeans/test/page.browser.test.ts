import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createNodeWebGpuEngine } from '@shoal/webgpu-kernels/node';
import type { Browser, Page } from 'playwright-core';
import { FORMATS, garments, KMeans, matrix } from 'shoal';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, servePage } from '../../../tools/browser.mjs';

describe('the page', () => {
  let browser: Browser;
  let url: string;
  let closeServer: () => Promise<void>;

  beforeAll(async () => {
    ({ url, close: closeServer } = await servePage(dirname(import.meta.dirname)));
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser.close();
    await closeServer();
  });

  it('clusters on WebGPU and shows the means and every inertia', async () => {
    const page = await browser.newPage();
    await page.goto(`${url}?software`);
    await finished(page);
    expect(await page.textContent('#device')).toMatch(/^engine webgpu on .+ \(asked for\)$/);
    expect(await page.locator('#groups li').count()).toBe(10);
    expect(await sizes(page)).toBe(2000);
    expect(await inkOfMeans(page)).toSatisfy((ink: number[]) => ink.every((shades) => shades > 10));

    const shown = await page.locator('#iterations li').allTextContents();
    const inertia = shown.map((text) => Number(text.replaceAll(',', '')));
    expect(inertia.length).toBeGreaterThan(1);
    expect(inertia).toEqual(inertia.toSorted((a, b) => b - a));
    await page.close();
  });

  it('offers files of images, packed ones included', async () => {
    const page = await browser.newPage();
    await page.goto(`${url}?software`);
    const idx = FORMATS.find(({ name }) => name === 'idx')!;
    const accepted = [...idx.extensions, 'gz'].map((extension) => `.${extension}`).join(',');
    expect(await page.getAttribute('input[type=file]', 'accept')).toBe(accepted);
    await page.close();
  });

  it('clusters a file of images, with the inertia that Node.js has on the same adapter, to the last digit', async () => {
    const { train } = await garments({ train: 600, test: 1, seed: 5 });
    const pixels = train.points.data as Uint8Array;
    const header = Uint8Array.of(0, 0, 8, 3, 0, 0, 2, 88, 0, 0, 0, 28, 0, 0, 0, 28);
    const idx = gzipSync(Buffer.concat([header, pixels]));
    const page = await browser.newPage();
    await page.goto(`${url}?software`);
    await finished(page);
    await page.setInputFiles('input[name=file]', {
      name: 'images-idx3-ubyte.gz',
      mimeType: 'application/gzip',
      buffer: idx,
    });
    await page.selectOption('select[name=count]', '500');
    await page.click('button');
    await finished(page);
    expect(await sizes(page)).toBe(500);

    const engine = await createNodeWebGpuEngine({ adapter: 'SwiftShader', allowSoftware: true });
    const points = matrix(pixels.subarray(0, 500 * 784), 500, 784, 1 / 255);
    const { inertia } = await new KMeans({ clusters: 10, seed: 0, engine }).fit(points);
    engine.destroy();
    expect(await page.textContent('#status')).toMatch(new RegExp(`: inertia ${inertia}\\.$`));

    await page.setInputFiles('input[name=file]', {
      name: 'no-images.gz',
      mimeType: 'application/gzip',
      buffer: gzipSync('text'),
    });
    await page.click('button');
    await page.waitForSelector('#error:not([hidden])');
    expect(await page.textContent('#error')).toContain('no-images.gz');
    await page.close();
  });

  it('clusters on the CPU when WebGPU has no GPU, says so, and starts again on request', async () => {
    const page = await browser.newPage();
    await page.goto(url);
    await finished(page);
    expect(await page.textContent('#device')).toMatch(
      /^engine wasm on .+ \(this browser offers no hardware GPU\)$/,
    );

    await page.selectOption('select[name=count]', '500');
    await page.fill('input[name=clusters]', '4');
    await page.click('button');
    await finished(page);
    expect(await page.locator('#groups li').count()).toBe(4);
    expect(await sizes(page)).toBe(500);
    await page.close();
  });

  it('shows an error instead of a blank page', async () => {
    const page = await browser.newPage();
    await page.route(/worker/, (route) => route.abort());
    await page.goto(url);
    await page.waitForSelector('#error:not([hidden])');
    expect(await page.textContent('#status')).toBe('That did not work.');
    expect(await page.textContent('#error')).not.toBe('');
    await page.close();
  });
});

/** Waits until the page shows the result of the newest run. */
async function finished(page: Page): Promise<void> {
  await page.waitForSelector('#result[aria-busy=false], #error:not([hidden])');
  expect(await page.textContent('#error')).toBe('');
}

async function sizes(page: Page): Promise<number> {
  const captions = await page.locator('#groups p').allTextContents();
  return captions.reduce((sum, text) => sum + Number.parseInt(text), 0);
}

/** The number of different shades of each mean. */
function inkOfMeans(page: Page): Promise<number[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLCanvasElement>('#groups li canvas:first-child')].map((canvas) => {
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return new Set(pixels).size;
    }),
  );
}
