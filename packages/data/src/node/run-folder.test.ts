import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidArgumentError, NO_CLUSTER } from '@shoal/core';
import { nestModelStates } from '@shoal/core/model-kit';
import { describe, expect, it } from 'vitest';
import { contents, temporaryFolder } from '../../test/temporary-folder.ts';
import { FolderExistsError, FormatError } from '../errors.ts';
import { readNpy } from '../formats/npy.ts';
import { writeSafetensors } from '../formats/safetensors.ts';
import type { Run } from '../run/run.ts';
import { readLabelsFile } from './points-file.ts';
import { checkRunFolder, readRun, writeRun } from './run-folder.ts';

const run: Run = {
  model: {
    type: 'kmeans',
    settings: { clusters: 2, metric: 'euclidean', scaling: null },
    tensors: {
      centroids: { data: Float64Array.of(0.1, 2, 3, 4), shape: [2, 2] },
      'code/weights': { data: Float32Array.of(1), shape: [1] },
    },
  },
  labels: Uint32Array.of(0, 1, 1),
  metrics: { inertia: 12.5, nmi: { geometric: 0.5 } },
  history: { inertia: [20, 12.5] },
};

async function writtenRun(): Promise<string> {
  const folder = join(await temporaryFolder(), 'run');
  await writeRun(folder, run);
  return folder;
}

describe('run folders', () => {
  it('are read back as they were written', async () => {
    const folder = await writtenRun();
    expect(await readRun(folder)).toEqual(run);
    expect(await contents(folder)).toEqual([
      'history.json',
      'labels.npy',
      'metrics.json',
      'model.json',
      'model.safetensors',
    ]);
  });

  it('describe their format', async () => {
    const folder = await writtenRun();
    expect(JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'))).toMatchObject({
      format: 'shoal-run',
      version: 1,
      shoal: expect.stringMatching(/^\d+\.\d+\.\d+/) as string,
      model: { type: 'kmeans', tensors: { centroids: { shape: [2, 2] } } },
    });
  });

  it('take more files, and are replaced only when asked', async () => {
    const folder = await writtenRun();
    await expect(writeRun(folder, run)).rejects.toThrow(FolderExistsError);
    await expect(checkRunFolder(folder)).rejects.toThrow(FolderExistsError);
    await checkRunFolder(folder, { replace: true });
    await writeRun(folder, run, { replace: true, extraFiles: { 'report.html': '<p>' } });
    expect(await readFile(join(folder, 'report.html'), 'utf8')).toBe('<p>');
  });

  it('refuse numbers that JSON cannot hold, and write nothing', async () => {
    const folder = await temporaryFolder();
    const unfit = { ...run, metrics: { nmi: { geometric: NaN } } };
    await expect(writeRun(join(folder, 'run'), unfit)).rejects.toThrow(InvalidArgumentError);
    expect(await contents(folder)).toEqual([]);
  });

  it.each([
    ['another version', 'model.json', '{"format":"shoal-run","version":2}', /version 2 .* reads version 1/],
    ['another format', 'model.json', '{"format":"sailing-run"}', /"sailing-run", not "shoal-run"/],
    ['no model', 'model.json', '{"format":"shoal-run","version":1}', /lacks its type/],
    ['broken JSON', 'metrics.json', '{', /not valid JSON/],
    ['a list for an object', 'history.json', '[]', /not a JSON object/],
    ['tensors of another run', 'model.safetensors', writeSafetensors({}), /"centroids" has shape none/],
    ['labels of another kind', 'labels.npy', 'x', /labels\.npy/],
    ['settings nested deep', 'model.json', `{"a":${'['.repeat(9_000)}`, /nested more than 64 deep/],
    ['metrics nested deep', 'metrics.json', `{"a":${'{"a":'.repeat(9_000)}`, /nested more than 64 deep/],
  ])('with %s are rejected, naming the file', async (_, name, content, message) => {
    const folder = await writtenRun();
    await writeFile(join(folder, name), content);
    const error: unknown = await readRun(folder).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(FormatError);
    expect(error).toMatchObject({
      file: `${folder}/${name}`,
      message: expect.stringMatching(message) as string,
    });
  });

  it('keep points without a cluster, which are -1 in the file', async () => {
    const folder = join(await temporaryFolder(), 'run');
    const labels = Uint32Array.of(0, NO_CLUSTER, 1);
    await writeRun(folder, { ...run, labels });
    expect(readNpy(await readFile(join(folder, 'labels.npy'))).data).toEqual(Int32Array.of(0, -1, 1));
    expect((await readRun(folder)).labels).toEqual(labels);
    expect(await readLabelsFile(join(folder, 'labels.npy'))).toEqual(Int32Array.of(0, -1, 1));
  });

  it('with a label that no cluster has are rejected, at any depth of the number of clusters', async () => {
    const folder = await temporaryFolder();
    const clustering = { type: 'gaussian-mixture', settings: { components: 2 }, tensors: {} };
    const model = nestModelStates('gradients', { model: nestModelStates('umap-gmm', { clustering }) });
    for (const [labels, message] of [
      [Uint32Array.of(0, 1, 2), /labels\.npy: label 3 is 2, but the model has clusters 0 to 1/],
      [Int32Array.of(0, -2, 1), /label 2 is -2, .* -1 for no cluster/],
    ] as const) {
      await writeRun(join(folder, 'run'), { ...run, model, labels }, { replace: true });
      await expect(readRun(join(folder, 'run'))).rejects.toThrow(FormatError);
      await expect(readRun(join(folder, 'run'))).rejects.toThrow(message);
    }
  });

  it('with a missing file are rejected', async () => {
    const folder = await writtenRun();
    await rm(join(folder, 'labels.npy'));
    await expect(readRun(folder)).rejects.toThrow(FormatError);
    await expect(readRun(folder)).rejects.toThrow(/labels\.npy: .*missing/);
  });

  it('reads a run without the files that only describe its fit', async () => {
    const folder = join(await temporaryFolder(), 'run');
    await writeRun(folder, run);
    for (const name of ['metrics.json', 'history.json']) await rm(join(folder, name));
    expect(await readRun(folder)).toEqual({ ...run, metrics: {}, history: {} });
  });
});
