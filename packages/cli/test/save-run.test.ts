import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run } from '@shoal/data';
import { readRun } from '@shoal/data/node';
import { describe, expect, it } from 'vitest';
import { describeRun } from '../src/describe-run.ts';
import { openEngine } from '../src/engines.ts';
import { loadInput } from '../src/input.ts';
import { fitFeatures } from '../src/methods/features.ts';
import type { RunMetrics } from '../src/save-run.ts';
import { FolderMovedError } from '../src/save-folder.ts';
import { saveRun } from '../src/save-run.ts';
import { temporaryFolder } from './run-shoal.ts';

const run: Run = {
  model: { type: 'kmeans', settings: { clusters: 2 }, tensors: {} },
  labels: Uint32Array.of(0, 1),
  metrics: { inertia: 1 },
  history: { inertia: [1] },
};

describe('saveRun', () => {
  it('uses the first folder that can be written, and names it', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    const elsewhere = [join(folder, 'file'), join(folder, 'gone'), folder];
    const saving = { replace: false, elsewhere };
    const { folder: saved, moved } = await saveRun(join(folder, 'file', 'run'), run, saving, quiet());
    expect(await readRun(saved)).toEqual(run);
    expect(saved.startsWith(join(folder, 'shoal-run-'))).toBe(true);
    expect(moved).toBeInstanceOf(FolderMovedError);
    expect(moved?.message).toContain(`The run is saved in "${saved}"`);
  });

  it('leaves out a history that JSON cannot hold', async () => {
    const folder = join(await temporaryFolder(), 'run');
    const context = quiet();
    const unfit = { ...run, history: { inertia: [NaN] } };
    expect(await saveRun(folder, unfit, { replace: false }, context)).toEqual({ folder });
    expect(await readRun(folder)).toMatchObject({ model: run.model, labels: run.labels, history: {} });
    expect(context.said).toMatch(/warning: the run is saved without its history: .*NaN/);
  });

  it('gives the reason when nothing can be written at all, and leaves nothing', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    const saving = { replace: false, elsewhere: [join(folder, 'file')] };
    const saved = saveRun(join(folder, 'file', 'run'), run, saving, quiet());
    await expect(saved).rejects.toThrow(/^The run is not saved: .*ENOTDIR.*, nor a folder in .*file/);
    const broken = { ...run, labels: undefined as never };
    await expect(
      saveRun(join(folder, 'run'), broken, { replace: false, elsewhere: [folder] }, quiet()),
    ).rejects.toThrow(/^The run is not saved/);
    expect(await readdir(folder)).toEqual(['file']);
  });
});

describe('describeRun', () => {
  it('warns when it cannot add files, and keeps the model and labels', async () => {
    const folder = await temporaryFolder();
    const file = join(folder, 'points.csv');
    await writeFile(file, 'label,x\n0,0\n0,1\n1,10\n1,11\n');
    const context = quiet();
    const input = await loadInput(file, {}, context);
    const opened = await openEngine({ name: 'reference' });
    const options = { method: 'kmeans', clusters: 2, seed: 0, features: 'pixels' } as const;
    const fitted = await fitFeatures(input.train, options, opened, {
      signal: context.signal,
      onProgress: context.progress,
    });
    const { model } = fitted;
    const metrics: RunMetrics = {
      data: 'points.csv',
      method: 'kmeans',
      clusters: 2,
      seed: 0,
      engine: 'reference',
      objective: model.objective,
      iterations: model.iterations,
      converged: model.converged,
      warnings: [],
      seconds: 1,
    };
    const saved = join(folder, 'run');
    await saveRun(
      saved,
      { model: model.toState(), labels: model.labels, metrics, history: {} },
      { replace: false },
      context,
    );
    // Folders in the place of the last files.
    await mkdir(join(saved, 'view.safetensors', 'full'), { recursive: true });
    const describing = { fitted, input, metrics, history: {}, rows: { labels: model.labels } };
    const wanted = { report: true, seed: 0 };
    const described = await describeRun(saved, describing, opened, wanted, context);
    expect(described.metrics.train?.accuracy).toBe(1);
    expect(JSON.parse(await readFile(join(saved, 'metrics.json'), 'utf8'))).toMatchObject({
      train: { ari: 1 },
    });
    expect(context.said).toContain(`warning: the run is saved in "${saved}" without what the viewer shows`);
    await rm(join(saved, 'view.safetensors'), { recursive: true });
    expect((await readRun(saved)).labels).toEqual(model.labels);
    expect(await readdir(saved)).toHaveLength(7);

    const stopped = { ...context, signal: AbortSignal.abort(new DOMException('Ctrl-C', 'AbortError')) };
    await expect(describeRun(saved, describing, opened, wanted, stopped)).rejects.toThrow('Ctrl-C');
    expect(context.said).toContain(`The run is saved in "${saved}", without scores`);
    opened.destroy();
  });
});

/** Outside world of a command that records its remarks. */
function quiet() {
  const context = {
    said: '',
    stdout: () => undefined,
    stderr: (text: string) => {
      context.said += `${text}\n`;
    },
    progress: () => undefined,
    endProgress: () => undefined,
    signal: new AbortController().signal,
  };
  return context;
}
