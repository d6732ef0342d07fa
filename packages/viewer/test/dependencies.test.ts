import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const packages = join(import.meta.dirname, '../..');

/** What npm installs with a package of this workspace: its dependencies, theirs, and so on. */
async function installedWith(name: string, seen = new Set<string>()): Promise<ReadonlySet<string>> {
  const text = await readFile(join(packages, name.replace('@shoal/', ''), 'package.json'), 'utf8');
  const { dependencies = {} } = JSON.parse(text) as { dependencies?: Record<string, string> };
  for (const each of Object.keys(dependencies)) {
    if (seen.has(each)) continue;
    seen.add(each);
    if (each.startsWith('@shoal/')) await installedWith(each, seen);
  }
  return seen;
}

it('installs no machine code for a page: Dawn alone has over 100 MB', async () => {
  const installed = await installedWith('@shoal/viewer');
  expect(installed).toContain('lit');
  expect(installed).not.toContain('webgpu');
});

it('gives Dawn to the command and the library', async () => {
  for (const name of ['@shoal/cli', 'shoal']) expect(await installedWith(name)).toContain('webgpu');
});
