import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../../../tools/browser.mjs';
import { shoalProcess, temporaryFolder } from './run-shoal.ts';

/** Serves a run of two kinds of birds, in three clusters, until the test ends. */
async function served(): Promise<string> {
  const cwd = await temporaryFolder();
  const birds = Array.from({ length: 24 }, (_, i) => `${(i % 2) * 50 + (i % 5)},${(i % 2) * 9 + (i % 3)}`);
  await writeFile(join(cwd, 'birds.csv'), ['mass,wing', ...birds].join('\n'));
  const fit = ['fit', 'birds.csv', '-k', '3', '--engine', 'reference', '-o', 'run'];
  expect((await shoalProcess(fit, { cwd })).status).toBe(0);
  return new Promise((resolve) => {
    const ended = shoalProcess(['view', 'run', '--no-open'], {
      cwd,
      onStdout(text, interrupt) {
        onTestFinished(async () => {
          interrupt();
          await ended;
        });
        resolve(text.trim());
      },
    });
  });
}

async function clusterAnew(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page.getByRole('spinbutton', { name: 'Clusters' }).fill('2');
  await page.getByRole('button', { name: 'Cluster', exact: true }).click();
}

it('clusters the rows of a run anew on its page, where the content security policy allows it', async () => {
  const browser = await launchChromium({ webgpu: false });
  onTestFinished(() => browser.close());
  const address = await served();
  const page = await browser.newPage();
  await clusterAnew(page, address);
  await page.getByText('In matched clusters').waitFor();
  const labels = await page.evaluate(() => [...document.querySelector('cluster-viewer')!.data!.labels]);
  expect(labels.every((label, i) => label === labels[i % 2])).toBe(true);
  expect(new Set(labels).size).toBe(2);

  const strict = await browser.newPage();
  await strict.route('**/standalone-fit-worker.js', async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'content-security-policy': "script-src 'self'" };
    await route.fulfill({ response, headers });
  });
  await clusterAnew(strict, address);
  expect(await strict.getByRole('alert').innerText()).toContain("script-src 'self' 'wasm-unsafe-eval'");
});
