import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ShoalError } from '@shoal/core';
import { decodeRun, garments, MissingFileError } from '@shoal/data';
import { afterAll, describe, expect, it } from 'vitest';
import { openEngine } from '../src/engines.ts';
import { methodNamed } from '../src/methods/index.ts';
import { loadModel } from '../src/methods/features.ts';
import { mutateRun, type RunFiles } from './mutate-run.ts';
import { shoal, temporaryFolder } from './run-shoal.ts';

/** Damages of each run; SHOAL_MUTATIONS=3000 tries more. */
const MUTATIONS = Number(process.env['SHOAL_MUTATIONS'] ?? 40);

const METHODS: readonly (readonly [method: string, ...options: string[]])[] = [
  ['kmeans', '--scaling', 'standardize'],
  ['gmm', '--covariance-type', 'diag', '--features', 'gradients'],
  ['hdbscan', '--min-cluster-size', '3'],
  ['dbscan', '--radius', '5'],
  ['agglomerative', '--linkage', 'complete'],
  ['umap-cut', '--neighbors', '5', '--layout-epochs', '5'],
  ['ae-gmm', '--layers', '8x3/2,4', '--epochs', '1', '--covariance-type', 'diag'],
  ['n2d', '--layers', '8,4', '--epochs', '1', '--members', '2', '--neighbors', '5', '--layout-epochs', '5'],
  ['idec', '--layers', '8,4', '--epochs', '1', '--max-iterations', '2'],
  ['vade', '--layers', '8,4', '--epochs', '1'],
];

/** How many clusters, for methods that do not find them. */
function numberFor(method: string): readonly string[] {
  return methodNamed(method).findsClusters ? [] : ['-k', '3'];
}

const opened = await openEngine({ name: 'wasm', threads: 1 });
afterAll(() => {
  opened.destroy();
});

const { test } = await garments({ train: 1, test: 2 });

/** Gives the files of a run; one that is not there is an error, as on a disk. */
function readerOf(files: RunFiles): (name: string) => Promise<Uint8Array> {
  return (name) =>
    Object.hasOwn(files, name)
      ? Promise.resolve(files[name])
      : Promise.reject(new MissingFileError({ file: name }, 'the file is missing.'));
}

/** The outcome of reading the run and labeling with it: undefined, or an error that is not typed. */
async function defectOf(files: RunFiles): Promise<unknown> {
  try {
    const { model } = await decodeRun(readerOf(files), 'run');
    const loaded = await loadModel(model, opened);
    try {
      await loaded.predict(test.points);
    } finally {
      loaded.destroy?.();
    }
  } catch (error) {
    if (!(error instanceof ShoalError)) return error;
    if (error.message.length > 1_000) return new Error(`A message of ${error.message.length} characters.`);
  }
  return undefined;
}

describe('a damaged run folder', () => {
  it.each(METHODS)('of %s ends in a typed error, or in labels', async (method, ...options) => {
    const folder = join(await temporaryFolder(), 'run');
    const fit = await shoal(
      ...[
        'fit',
        'garments',
        '--size',
        '60',
        ...numberFor(method),
        '-m',
        method,
        '--engine',
        'wasm',
        '--threads',
        '1',
      ],
      ...['--no-report', '-o', folder, ...options],
    );
    expect(fit).toMatchObject({ status: 0 });
    const names = await readdir(folder);
    const read = names.map(async (name) => [name, await readFile(join(folder, name))] as const);
    const files: RunFiles = Object.fromEntries(await Promise.all(read));
    expect(await defectOf(files)).toBeUndefined();
    for (let seed = 1; seed <= MUTATIONS; seed++) {
      const defect = await defectOf(mutateRun(files, seed));
      expect(defect, `seed ${seed}: ${defect instanceof Error ? (defect.stack ?? '') : ''}`).toBeUndefined();
    }
  });
});
