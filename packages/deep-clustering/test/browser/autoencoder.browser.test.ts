import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium, servePage } from '../../../../tools/browser.mjs';
import type { AutoencoderPage } from './autoencoder-page.ts';

const kinds: readonly Parameters<AutoencoderPage['cluster']>[0][] = ['wasm', 'webgpu'];

let browser: Browser;
let page: Page;
let closeServer: () => Promise<void>;
/** The console messages of the page, of all levels. */
const said: string[] = [];

beforeAll(async () => {
  const server = await servePage(import.meta.dirname);
  closeServer = server.close;
  browser = await launchChromium();
  page = await browser.newPage();
  page.on('pageerror', (error) => said.push(error.message));
  page.on('console', (message) => said.push(message.text()));
  await page.goto(server.url);
  await page
    .waitForFunction(() => window.autoencoderPage !== undefined)
    .catch(() => {
      throw new Error(`The page did not load.\n${said.join('\n')}`);
    });
});

afterAll(async () => {
  await browser.close();
  await closeServer();
});

test.each(kinds)('the pipeline runs in Chromium on %s', async (kind) => {
  const labels = await page.evaluate((chosen) => window.autoencoderPage!.cluster(chosen), kind);
  expect(new Set(labels.slice(0, 3)).size).toBe(3);
  expect(labels).toEqual(labels.map((_, i) => labels[i % 3]));
  expect(said).toEqual([]);
});
