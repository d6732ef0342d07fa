import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { ClusterViewer } from '@shoal/viewer';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { launchChromium } from '../../../tools/browser.mjs';
import { shoalProcess } from './run-shoal.ts';

/** Requests of a page from disk to other places, and its errors. */
interface Opened {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly problems: readonly string[];
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shoal-report-'));
  for (const argv of [
    ['reproduce', '--dataset', 'garments', '--limit', '600', '--engine', 'wasm', '-o', 'reproduction'],
    ['fit', 'garments', '--size', '2000', '-k', '4', '--engine', 'wasm', '-o', 'run'],
  ]) {
    const { status, stderr } = await shoalProcess(argv, { cwd: folder });
    expect(status, stderr).toBe(0);
  }
});
afterAll(() => rm(folder, { recursive: true }));

describe.each([
  ['WebGPU', true],
  ['Canvas', false],
] as const)('a report opened from disk, on %s', (backend, webgpu) => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium({ webgpu });
  });
  afterAll(async () => {
    await browser.close();
  });

  async function open(run: string): Promise<Opened> {
    const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    onTestFinished(() => page.close());
    const requests: string[] = [];
    const problems: string[] = [];
    page.on('request', (request) => {
      if (!/^(data|blob):/.test(request.url())) requests.push(request.url());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(pathToFileURL(join(folder, run, 'report.html')).href);
    return { page, requests, problems };
  }

  async function violations(page: Page): Promise<readonly string[]> {
    await page.evaluate(axe.source);
    return page.evaluate(async () => {
      const page = window as unknown as { axe: { run(): Promise<{ violations: { help: string }[] }> } };
      return (await page.axe.run()).violations.map(({ help }) => help);
    });
  }

  it('of a reproduction has the scores, the matrices of all three methods, and views with their losses', async () => {
    const { page, requests, problems } = await open('reproduction');
    const bars = page.locator('table.chart tbody tr', { hasText: 'the study' });
    expect(await bars.locator('td:last-child').allInnerTexts()).toContain('0.5128');
    expect(await page.locator('table.chart tbody').count()).toBe(3);
    const methods = ['k-means on pixels', 'autoencoder + k-means', 'autoencoder + Gaussian mixture'];
    for (const method of methods) {
      const section = page.locator('body section', {
        has: page.getByRole('heading', { name: method, exact: true }),
      });
      expect(await section.locator('table.matrix').count()).toBe(2);
      expect(await section.locator('table', { hasText: 'NMI geometric' }).count()).toBe(1);
      await section.getByText('All scores, and which class is in which cluster').click();
      const viewers = section.locator('cluster-viewer');
      expect(await viewers.count()).toBe(2);
      await viewers.last().scrollIntoViewIfNeeded();
      await viewers.last().getByText(backend, { exact: true }).waitFor();
      // A column sums to the size of the cluster that it names.
      expect(await columnSums(section.locator('table.matrix').last())).toEqual(
        await clusterSizes(viewers.last()),
      );
      await viewers.last().getByRole('tab', { name: 'History' }).click();
      const history = viewers.last().locator('cluster-viewer-history');
      await history.waitFor();
      if (method.startsWith('autoencoder')) {
        await history.getByText('training loss').first().waitFor();
        await history.getByText('validation loss').first().waitFor();
      }
    }
    expect(await violations(page)).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  /** Sums of a matrix's columns, by the numbers of their clusters, where there is a cluster. */
  function columnSums(matrix: Locator): Promise<Record<string, number>> {
    return matrix.evaluate((element): Record<string, number> => {
      const { tHead, tBodies } = element as HTMLTableElement;
      const heads = Array.from(tHead!.rows[0].cells, ({ innerText }) => innerText);
      const sums = heads.map((_, column) =>
        Array.from(tBodies[0].rows, ({ cells }) =>
          Number(cells[column].innerText.replaceAll(',', '')),
        ).reduce((sum, count) => sum + count),
      );
      const named = heads.flatMap((head, i) => (head === '' ? [] : [[head, sums[i]] as const]));
      return Object.fromEntries(named);
    });
  }

  /** Sizes of clusters that have points, by their numbers. */
  function clusterSizes(viewer: Locator): Promise<Record<string, number>> {
    return viewer.evaluate((element) => {
      const { data } = element as ClusterViewer;
      const shown = data!.summaries.filter(({ size }) => size > 0);
      return Object.fromEntries(shown.map(({ cluster, size }) => [String(cluster), size]));
    });
  }

  it('of a fit has its scores and its view', async () => {
    const { page, requests, problems } = await open('run');
    await page.locator('cluster-viewer').scrollIntoViewIfNeeded();
    await page.getByText(backend, { exact: true }).waitFor();
    await page.getByRole('tab', { name: 'Confusion' }).click();
    await page.getByRole('table').last().waitFor();
    expect(await violations(page)).toEqual([]);
    expect(requests).toHaveLength(1);
    expect(problems).toEqual([]);
  });
});
