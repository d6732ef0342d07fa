import type { Browser, Page } from 'playwright-core';
import { engineContract } from '@shoal/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, servePage } from '../../../../tools/browser.mjs';

/** The engine contract again, in a page: browsers have their own WebGPU, timers and memory. */
describe('the WebGPU engine in Chromium', () => {
  let browser: Browser;
  let page: Page;
  let closeServer: () => Promise<void>;
  /** What the page complained about. */
  const problems: string[] = [];

  beforeAll(async () => {
    const server = await servePage(import.meta.dirname);
    closeServer = server.close;
    browser = await launchChromium();
    page = await browser.newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(server.url);
    await page
      .waitForFunction(() => window.contractPage !== undefined)
      .catch(() => {
        throw new Error(`The contract page did not load.\n${problems.join('\n')}`);
      });
  });

  afterAll(async () => {
    await browser.close();
    await closeServer();
  });

  for (const { name } of engineContract) {
    it(name, async () => {
      const failure = await page.evaluate(
        async (caseName) => (await window.contractPage)?.runCase(caseName),
        name,
      );
      expect(failure).toBeUndefined();
    });
  }

  it('leaves no error in the console', () => {
    expect(problems).toEqual([]);
  });
});
