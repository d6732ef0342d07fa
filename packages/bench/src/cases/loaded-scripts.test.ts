import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { PeerError } from '../errors.ts';
import { bytesByPackage, loadedScripts, runOnce } from './loaded-scripts.ts';

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'shoal-scripts-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

const { signal } = new AbortController();

describe('loadedScripts', () => {
  it('sees modules of both kinds, also of a program that calls exit, but not modules that were not loaded', async () => {
    const cwd = await folderWith({
      'main.mjs':
        "import './used.mjs'; import { createRequire } from 'node:module'; createRequire(import.meta.url)('./old.cjs'); process.exit(0);",
      'used.mjs': 'export const used = 1;',
      'old.cjs': 'module.exports = 2;',
      'unused.mjs': 'export const unused = 3;',
    });
    const urls = await loadedScripts([process.execPath, 'main.mjs'], cwd, signal);
    const names = urls.map((url) => url.split('/').at(-1)).sort();
    expect(names).toEqual(['main.mjs', 'old.cjs', 'used.mjs']);
    const [[, bytes]] = await bytesByPackage(urls);
    expect(bytes).toBeGreaterThan('module.exports = 2;'.length);
  });

  it('reports the error output of a command that fails', async () => {
    const cwd = await folderWith({ 'main.mjs': "console.error('no luck'); process.exit(3);" });
    const run = runOnce([process.execPath, 'main.mjs'], { cwd, signal });
    await expect(run).rejects.toThrow(PeerError);
    await expect(run).rejects.toThrow(/status 3: no luck/);
  });

  it('kills a command when aborted', async () => {
    const cwd = await folderWith({ 'main.mjs': 'setInterval(() => undefined, 1000);' });
    const controller = new AbortController();
    const run = runOnce([process.execPath, 'main.mjs'], { cwd, signal: controller.signal });
    const reason = new DOMException('enough', 'AbortError');
    controller.abort(reason);
    await expect(run).rejects.toBe(reason);
  });
});
