// Scaffolds two of each kind into a copy of this checkout, and checks the new files there: format, lint, types, and the
// contract tests of every clusterer, method, format and kernel. There are two because the second one meets tables that
// the first has changed. The first clusterer also runs in the places that the guide names: on an embedding, on an
// autoencoder's code, and in a sweep.
import { cp, lstat, mkdir, mkdtemp, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root, run, TYPESCRIPT } from '../command.mjs';
import { scaffold } from './write.mjs';

/** The name is so long that the formatter wraps the tables that it is in. */
const NAME = 'scaffolded-under-a-name-that-wraps-every-table';

/** A clusterer, its own method, a method without a clusterer, and two each of the others. */
const MADE = /** @type {const} */ ([
  ['clusterer', NAME],
  ['clusterer', 'scaffolded-too'],
  ['method', NAME],
  ['method', 'scaffolded-alone'],
  ['format', 'scaffolded'],
  ['format', 'scaffoldedtoo'],
  ['kernel', 'rows/scaffolded-values'],
  ['kernel', 'rows/scaffolded-too'],
]);

/** A test that everything that takes a kind of clustering by its name also takes the new one. */
const RUNS_EVERYWHERE = `import { matrix, sweep } from '@shoal/core';
import { DeepClustering } from '@shoal/deep-clustering';
import { createTensorBackend } from '@shoal/deep-clustering/node';
import { UmapClustering } from '@shoal/manifold';
import { expect, it } from 'vitest';
import { METHODS } from '../../cli/src/methods/index.ts';

const points = matrix(Float32Array.from({ length: 240 }, (_, i) => ((i * 7) % 11) / 22 + (i < 120 ? 0 : 0.5)), 60, 4);

it('runs on an embedding, on a code and in a sweep', async () => {
  const clustering = { method: '${NAME}', clusters: 2 } as const;
  const onMap = await new UmapClustering({ clustering, umap: { neighbors: 5, epochs: 20 } }).fit(points);
  expect(onMap.labels).toHaveLength(60);
  using backend = await createTensorBackend({ kind: 'wasm', threads: 1 });
  const autoencoder = { layers: [2], epochs: 2, batchSize: 20 };
  using onCode = await new DeepClustering({ clustering, autoencoder, backend }).fit(points);
  expect(onCode.clusters).toBe(2);
  const swept = await sweep(points, { clusters: [2, 3], with: { method: '${NAME}' } });
  expect(swept.rows.map(({ clusters }) => clusters)).toEqual([2, 3]);
});

it('runs as the method of its name', () => {
  expect(METHODS.find(({ name }) => name === '${NAME}')?.type).toBe('${NAME}');
});
`;

const PROBE = 'packages/deep-clustering/test/runs-everywhere.test.ts';

const copy = await mkdtemp(join(tmpdir(), 'shoal-scaffold-'));
try {
  await copyCheckout();
  /** @type {Set<string>} */
  const paths = new Set();
  for (const [kind, name] of MADE) {
    const { written, changed } = await scaffold(copy, kind, name);
    await inCopy('oxfmt', [...written, ...changed]);
    for (const path of [...written, ...changed]) if (path.endsWith('.ts')) paths.add(path);
    console.log(`${kind}: ${written.length} files, and lines in ${changed.join(', ') || 'no other'}`);
  }
  const files = [...paths];
  await writeFile(join(copy, PROBE), RUNS_EVERYWHERE);
  // Only the new files and their imports, for lint too: the whole checkout is checked elsewhere, with its built packages.
  const include = [...files, PROBE, 'packages/*/src/*.d.ts'];
  await rename(join(copy, 'tsconfig.json'), join(copy, 'tsconfig.whole.json'));
  await writeFile(join(copy, 'tsconfig.json'), JSON.stringify({ extends: './tsconfig.whole.json', include }));
  await Promise.all([
    inCopy(process.execPath, [TYPESCRIPT, '--noEmit']),
    inCopy('oxlint', ['--config', 'oxlint.config.mjs', ...files]),
  ]);
  const output = await inCopy('vitest', [
    'run',
    '--project',
    'node*',
    '-t',
    'scaffolded|runs (on|as)|computes|names what it checked',
    'packages/core/test/engine-contract.test.ts',
    'packages/cli/test/fit-predict-evaluate.test.ts',
    'packages/data/src/formats/index.test.ts',
    ...files.filter((path) => path.includes('/kernels/') && path.endsWith('.test.ts')),
    PROBE,
  ]);
  // If no test had this name any more, nothing could fail.
  const tested = /Test Files.*?(\d+) passed/.exec(stripVTControlCharacters(output))?.[1];
  if (tested !== '6') throw new Error(`Tests of six files should have passed.\n${output}`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}

/**
 * Tracked and new files, with packages that find one another in the copy, and everything else from its present place.
 */
async function copyCheckout() {
  const { output } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard']);
  for (const path of output.trim().split('\n')) {
    if (!(await lstat(join(root, path)).catch(() => undefined))?.isFile()) continue;
    await mkdir(dirname(join(copy, path)), { recursive: true });
    await cp(join(root, path), join(copy, path));
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const group of ['packages', 'examples']) {
    for (const name of await readdir(join(root, group))) await linkModules(join(group, name));
  }
}

/** @param {string} place of a package */
async function linkModules(place) {
  const installed = join(root, place, 'node_modules');
  const linked = join(copy, place, 'node_modules');
  for (const name of await readdir(installed).catch(() => [])) {
    if (name === '@shoal') {
      await mkdir(join(linked, name), { recursive: true });
      for (const other of await readdir(join(installed, name))) {
        await symlink(join(copy, 'packages', other), join(linked, name, other));
      }
    } else if (!name.startsWith('.')) {
      await mkdir(linked, { recursive: true });
      await symlink(
        name === 'shoal' ? join(copy, 'packages', name) : join(installed, name),
        join(linked, name),
      );
    }
  }
}

/**
 * @param {string} tool
 * @param {readonly string[]} args
 */
async function inCopy(tool, args) {
  const start = performance.now();
  const { code, output } = await run(tool, args, { cwd: copy });
  if (code !== 0) throw new Error(`${tool} ${args[0]} ended with status ${code} in the copy.\n${output}`);
  console.log(`${basename(tool)}: ${((performance.now() - start) / 1000).toFixed(0)} s`);
  return output;
}
