import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, defaultClientConditions, type Rolldown } from 'vite';
import { beforeAll, describe, expect, it } from 'vitest';
import { sourcePlugins } from '../../../tools/source-plugins.mjs';

/** The most bytes after gzip that a page loads to show a viewer, without the code that loads on demand. */
const MOST_BYTES = 61_500;

describe('the script that a page loads for a viewer', () => {
  let chunks: readonly Rolldown.OutputChunk[];

  beforeAll(async () => {
    const result = (await build({
      root: fileURLToPath(new URL('size', import.meta.url)),
      logLevel: 'error',
      plugins: sourcePlugins(),
      resolve: { conditions: ['@shoal/source', ...defaultClientConditions] },
      worker: { plugins: sourcePlugins },
      build: { write: false },
    })) as Rolldown.RolldownOutput;
    chunks = initialChunks(result);
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
      /webgpu-kernels|wasm-kernels|core\/src\/(engine|kmeans|gmm|pca)\/|packages\/data\/|live-fit/;
    expect(names.filter((name) => onDemand.test(name))).toEqual([]);
    expect(names.some((name) => name.endsWith('cluster-viewer.component.ts'))).toBe(true);
  });
});

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
