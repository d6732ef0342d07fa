import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, defaultClientConditions, preview } from 'vite';
import { findChromium } from './software-gpu.mjs';
import { sourcePlugins } from './source-plugins.mjs';

/** Headless, WebGPU on SwiftShader, and no network traffic by Chromium itself. */
const FLAGS = [
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
  // SwiftShader compiles a kernel many times faster when Dawn writes the loop that zeroes its memory; see `openDawn`.
  '--disable-dawn-features=use_vulkan_zero_initialize_workgroup_memory_extension',
  // The CPU draws pages faster than SwiftShader does; what WebGPU draws stays as it is.
  '--disable-gpu-rasterization',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/**
 * Starts headless Chromium with WebGPU on its software GPU, or without any WebGPU.
 *
 * @param {{ webgpu?: boolean }} [options]
 * @throws {Error} when there is no Chromium: browser tests fail, they are not skipped
 */
export async function launchChromium({ webgpu = true } = {}) {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('Browser tests need Chromium: install it, or set CHROMIUM_PATH to its executable.');
  }
  const args = webgpu
    ? FLAGS
    : [...FLAGS.filter((flag) => !flag.includes('webgpu')), '--disable-features=WebGPU', '--disable-gpu'];
  return chromium.launch({ executablePath, args });
}

/**
 * Builds a page from the workspace's sources.
 *
 * @param {string} folder absolute path; holds `index.html`, and a Vite configuration if it needs one
 * @param {readonly import('vite').Plugin[]} [plugins] of Vite, besides those that the sources need
 * @returns {Promise<string>} a new temporary folder with the built page
 */
export async function buildPage(folder, plugins = []) {
  const outDir = await mkdtemp(join(tmpdir(), 'shoal-page-'));
  await build({
    root: folder,
    logLevel: 'error',
    plugins: [...plugins, ...sourcePlugins()],
    resolve: { conditions: ['@shoal/source', ...defaultClientConditions] },
    worker: { plugins: sourcePlugins },
    build: { outDir, emptyOutDir: true, minify: false },
  });
  return outDir;
}

/**
 * Builds a page from the workspace's sources and serves it.
 *
 * @param {string} folder see `buildPage`
 * @param {{ isolated?: boolean, plugins?: readonly import('vite').Plugin[] }} [options] `isolated`: with the headers that
 *   let a page's threads share memory; `plugins`: see `buildPage`
 * @returns {Promise<{ url: string, folder: string, close: () => Promise<void> }>} `folder`: the folder of the built
 *   page
 */
export async function servePage(folder, { isolated = false, plugins = [] } = {}) {
  const outDir = await buildPage(folder, plugins);
  const server = await serveFolder(outDir, { isolated });
  return {
    ...server,
    async close() {
      await server.close();
      await rm(outDir, { recursive: true });
    },
  };
}

/**
 * Serves a page without building it.
 *
 * @param {string} folder absolute path; holds `index.html`
 * @param {{ isolated?: boolean }} [options] `isolated`: with the headers that let a page's threads share memory
 * @returns {Promise<{ url: string, folder: string, close: () => Promise<void> }>}
 */
export async function serveFolder(folder, { isolated = false } = {}) {
  const server = await preview({
    configFile: false,
    logLevel: 'error',
    build: { outDir: folder },
    preview: {
      host: '127.0.0.1',
      port: 0,
      headers: isolated
        ? { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' }
        : {},
    },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error(`Vite does not say where it serves ${folder}.`);
  return { url, folder, close: () => server.close() };
}
