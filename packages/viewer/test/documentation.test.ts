import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSafetensors } from '@shoal/data/run';
import { tableOf } from '@shoal/tables';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { buildClustering } from '../src/data/build-clustering.ts';
import { encodeTree } from '../src/data/encode-tree.ts';
import { encodeView } from '../src/data/view-file.ts';
import { NO_NODE, type ViewTree } from '../src/data/view-tree.ts';

const root = join(import.meta.dirname, '../../..');

describe('docs/viewer.md', () => {
  it('has snippets that TypeScript accepts, in order', async () => {
    const text = await readFile(join(root, 'docs/viewer.md'), 'utf8');
    const snippets = Array.from(text.matchAll(/^```ts\n(.*?)^```/gms), ([, code]) => code);
    expect(snippets.length).toBeGreaterThan(5);
    const file = join(import.meta.dirname, 'snippets.ts');
    const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path)) as {
      config: { compilerOptions: object };
    };
    const { options } = ts.convertCompilerOptionsFromJson(
      // Snippets show how to get a value, and need not use it.
      { ...config.compilerOptions, noUnusedLocals: false },
      root,
    );
    const host = ts.createCompilerHost(options);
    const plain = ts.createCompilerHost(options);
    host.fileExists = (path) => path === file || plain.fileExists(path);
    host.getSourceFile = (path, ...rest) =>
      path === file
        ? ts.createSourceFile(path, `${snippets.join('\n')}\nexport {};\n`, ts.ScriptTarget.ES2023)
        : plain.getSourceFile(path, ...rest);
    const program = ts.createProgram([file], options, host);
    const problems = ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
    expect(problems).toEqual([]);
  });
});

describe('docs/data-formats.md', () => {
  it('lists the tensors of view.safetensors, all of them, with their types', async () => {
    const text = await readFile(join(root, 'docs/data-formats.md'), 'utf8');
    const section = text.slice(text.indexOf('### `view.safetensors`'));
    const table = Array.from(section.matchAll(/^\| `(\w+)` +\| (\w+), /gm), ([, name, type]) => [name, type]);
    const data = await buildClustering({
      points: [
        [0, 1],
        [4, 4],
        [5, 5],
      ],
      labels: [0, 1, 1],
      model: {
        centroids: [
          [0, 1],
          [4.5, 4.5],
        ],
      },
      classes: { labels: ['a', 'b', 'b'] },
      probabilities: [1, 0.5, 0.25],
      table: tableOf({
        single: [1, 2, 3],
        double: [0.1, 0.2, 0.3],
        flag: [true, false, true],
        text: ['a', 'b', 'b'],
      }),
      images: { width: 1, height: 2, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) },
    });
    const nodes = {
      parents: Uint32Array.of(NO_NODE),
      sizes: Uint32Array.of(3),
      clusters: Uint32Array.of(0),
      nodes: new Uint32Array(3),
    };
    const condensed: ViewTree = {
      kind: 'condensed-tree',
      ...nodes,
      births: new Float32Array(1),
      deaths: new Float32Array(1),
      levels: new Float32Array(3),
    };
    const merged: ViewTree = { kind: 'dendrogram', ...nodes, heights: new Float32Array(1) };
    const { tensors } = readSafetensors(
      encodeView({
        ...data,
        tree: condensed,
        rows: Uint32Array.of(1, 2, 3),
        model: { ...data.model!, kind: 'gaussian-mixture', covariances: new Float32Array(6) },
        summaries: data.summaries.map((summary) => ({ ...summary, weight: 0.5 })),
      }),
    );
    const written = Object.entries({ ...tensors, ...encodeTree(merged) }).map(([name, tensor]) => [
      name,
      tensor.data.constructor.name.replace('Array', '').toLowerCase(),
    ]);
    expect(Object.fromEntries(table)).toEqual(Object.fromEntries(written));
  });
});
