import { rmSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPage, launchChromium, serveFolder } from './browser.mjs';

/** Pages that were built, by their folders: all test files of the process share them. */
const built = new Map<string, Promise<string>>();

/** Builds a page once, and removes it when the process ends. */
async function pageOf(folder: string): Promise<string> {
  const known = built.get(folder);
  if (known !== undefined) return known;
  const building = buildPage(folder);
  built.set(folder, building);
  const page = await building;
  process.once('exit', () => {
    rmSync(page, { recursive: true, force: true });
  });
  return page;
}

// Vitest ends its processes by this signal, which would skip what is to happen at the exit.
process.once('SIGTERM', () => process.exit());

/**
 * Tests that share one page. It is built, served and opened before them, and must not log errors.
 *
 * @param folder holds the page's `index.html`
 * @param global name of the value that the page sets on `window` when it is ready
 * @param options `isolated`: served with the headers that let threads share memory; `webgpu`: false for a browser
 *   without it; `touch`: on a touch screen
 * @param define defines the tests; `page()` is the open page while they run
 */
export function describeInChromium(
  title: string,
  folder: string,
  global: keyof Window,
  options: { readonly isolated?: boolean; readonly webgpu?: boolean; readonly touch?: boolean } = {},
  define: (page: () => Page) => void,
): void {
  describe(title, () => {
    let browser: Browser;
    let page: Page;
    let closeServer: () => Promise<void>;
    const problems: string[] = [];

    beforeAll(async () => {
      const server = await serveFolder(await pageOf(folder), options);
      closeServer = server.close;
      browser = await launchChromium({ webgpu: options.webgpu ?? true });
      page = await browser.newPage({ hasTouch: options.touch ?? false });
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.goto(server.url);
      await page
        .waitForFunction((name) => Reflect.has(window, name), global)
        .catch(() => {
          throw new Error(`The page did not load.\n${problems.join('\n')}`);
        });
    });

    afterAll(async () => {
      await browser.close();
      await closeServer();
    });

    define(() => page);

    it('leaves no error in the console', () => {
      expect(problems).toEqual([]);
    });
  });
}
