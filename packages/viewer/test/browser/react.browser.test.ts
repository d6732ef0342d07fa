import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium, servePage } from '../../../../tools/browser.mjs';
import { App } from './react-page/app.ts';

const html = renderToString(createElement(App));

/** Puts the page that the server rendered into the built one, with React's messages for developers. */
const rendered = {
  name: 'rendered',
  config: () => ({ define: { 'process.env.NODE_ENV': '"development"' } }),
  transformIndexHtml: (page: string): string => page.replace('<!--app-->', html),
};

let browser: Browser;
let site: Awaited<ReturnType<typeof servePage>>;
let page: Page;
const problems: string[] = [];

beforeAll(async () => {
  site = await servePage(`${import.meta.dirname}/react-page`, { plugins: [rendered] });
  browser = await launchChromium({ webgpu: false });
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
});

it('renders the element and its attributes on a server', () => {
  expect(html).toContain(
    '<cluster-viewer heading="Three points" theme="light" color-by="cluster"><span slot="toolbar">Own button</span></cluster-viewer>',
  );
});

it('is hydrated without a warning, and then has its data', async () => {
  // The React that warns of what does not match.
  const names = await readdir(join(site.folder, 'assets'));
  const scripts = await Promise.all(
    names
      .filter((name) => name.endsWith('.js'))
      .map((name) => readFile(join(site.folder, 'assets', name), 'utf8')),
  );
  expect(scripts.join('')).toContain("some attributes of the server rendered HTML didn't match");
  await page.getByRole('group', { name: 'Three points' }).waitFor();
  await page.getByRole('button', { name: /^Cluster 1, 1 point/ }).waitFor();
  expect(problems).toEqual([]);
});

it('tells React of a selection, and keeps it when React renders again', async () => {
  await page.getByRole('button', { name: 'Select the points of cluster 0' }).click();
  await page.getByText('Selected: 0, 1').waitFor();
  const selected = () => page.evaluate(() => [...document.querySelector('cluster-viewer')!.selection]);
  expect(await selected()).toEqual([0, 1]);
});

it('sets what is given later, and takes back what is not given any more', async () => {
  const names = () => page.evaluate(() => document.querySelector('cluster-viewer')!.columnNames);
  const button = page.getByRole('button', { name: 'Name columns' });
  expect(await names()).toBeUndefined();
  await button.click();
  await expect.poll(names).toEqual(['width', 'height']);
  await button.click();
  await expect.poll(names).toBeUndefined();
  expect(problems).toEqual([]);
});
