import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, defaultClientConditions, type Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sourcePlugins } from '../../../tools/source-plugins.mjs';

/** The most bytes after gzip that a page loads to show a viewer, without the code that loads on demand. */
const MOST_BYTES = 60_000;

afterAll(() => {
  vi.unstubAllEnvs();
});

describe('the script that a page loads for a viewer', () => {
  let chunks: readonly Rolldown.OutputChunk[];

  beforeAll(async () => {
    chunks = initialChunks(await bundle('index.html'));
  });

  it(`is at most ${MOST_BYTES} bytes after gzip`, () => {
    const bytes = chunks.reduce((sum, { code }) => sum + gzipSync(code).length, 0);
    const largest = modulesOf(chunks)
      .slice(0, 12)
      .map(([name, length]) => `${length} ${name}`);
    expect(bytes, `the largest modules, before gzip:\n${largest.join('\n')}`).toBeLessThan(MOST_BYTES);
    // An empty output would be even smaller.
    expect(bytes).toBeGreaterThan(MOST_BYTES / 4);
  });

  it('holds no engine, no fit and no reader of files', () => {
    const names = modulesOf(chunks).map(([name]) => name);
    const onDemand =
      /webgpu-kernels|wasm-kernels|core\/src\/(engine|kmeans|gmm|pca)\/|packages\/data\/|live-fit|worker-task/;
    expect(names.filter((name) => onDemand.test(name))).toEqual([]);
    expect(names.some((name) => name.endsWith('cluster-viewer.component.ts'))).toBe(true);
  });
});

describe('a script that only imports the standalone viewer', () => {
  it('has all of it', async () => {
    const { output } = await bundle('standalone-page.ts');
    const [entry] = output.filter((file) => file.type === 'chunk' && file.isEntry);
    expect(entry).toMatchObject({ code: expect.stringContaining('cluster-viewer') as string });
  });
});

/** Bundles a page as a page's author does, for visitors: Vitest itself would make Vite take code for developers. */
async function bundle(input: string): Promise<Rolldown.RolldownOutput> {
  vi.stubEnv('NODE_ENV', 'production');
  const root = fileURLToPath(new URL('size', import.meta.url));
  return (await build({
    root,
    logLevel: 'error',
    plugins: sourcePlugins(),
    resolve: { conditions: ['@shoal/source', ...defaultClientConditions] },
    worker: { plugins: sourcePlugins },
    build: { write: false, rolldownOptions: { input: join(root, input) } },
  })) as Rolldown.RolldownOutput;
}

/** The entry and its static imports. */
function initialChunks({ output }: Rolldown.RolldownOutput): readonly Rolldown.OutputChunk[] {
  const chunks = output.filter((file) => file.type === 'chunk');
  const initial = new Set(chunks.filter(({ isEntry }) => isEntry));
  for (const chunk of initial) {
    for (const file of chunk.imports) initial.add(chunks.find(({ fileName }) => fileName === file)!);
  }
  return [...initial];
}

/** Modules with code in the output, the largest first. */
function modulesOf(chunks: readonly Rolldown.OutputChunk[]): readonly (readonly [string, number])[] {
  return chunks
    .flatMap(({ modules }) => Object.entries(modules))
    .map(
      ([name, { renderedLength }]) =>
        [name.replace(/^.*\/(packages|node_modules)\//, '$1/'), renderedLength] as const,
    )
    .filter(([, length]) => length > 0)
    .sort(([, a], [, b]) => b - a);
}
