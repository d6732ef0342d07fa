import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KMeans, matrixFromRows, type Progress } from '@shoal/core';
import { encodeRun, FormatError } from '@shoal/data/run';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildClustering } from './build-clustering.ts';
import { loadRun, RunUnavailableError } from './load-run.ts';
import { encodeView, VIEW_FILE } from './view-file.ts';

type Files = Record<string, Uint8Array | string>;

async function run(): Promise<Files> {
  const points = matrixFromRows([[0], [1], [10], [11], [12]]);
  const model = await new KMeans({ clusters: 2 }).fit(points);
  return encodeRun({
    model: model.toState(),
    labels: model.labels,
    metrics: { data: 'numbers.csv', method: 'kmeans' },
    history: { objective: { name: 'inertia', values: [9, 2.5] }, loss: [3, 2], validationLoss: [] },
  });
}

/** Serves the files under `/run/`; a number is the status of the answer. */
async function serve(files: Record<string, Uint8Array | string | number>): Promise<string> {
  const server = createServer((request, response) => {
    const file = files[request.url!.replace('/run/', '')] as Uint8Array | string | number | undefined;
    response.statusCode = typeof file === 'number' ? file : file === undefined ? 404 : 200;
    if (file === undefined || typeof file === 'number') response.end();
    else response.setHeader('Content-Length', Buffer.from(file).length).end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/run`;
}

describe('loadRun', () => {
  it('shows the view of a run', async () => {
    const data = await buildClustering({
      labels: [0, 1],
      points: [
        [0, 1],
        [2, 3],
      ],
      title: 'two',
    });
    const url = await serve({ [VIEW_FILE]: encodeView(data) });
    const seen: Progress[] = [];
    const loaded = await loadRun(url, { onProgress: (progress) => seen.push(progress) });
    expect(loaded).toEqual({ ...data, points: undefined });
    const size = encodeView(data).length;
    expect(seen.at(-1)).toEqual({ phase: 'loading', completed: size, total: size });
  });

  it('shows an older run without a map, and says how to get one', async () => {
    const loaded = await loadRun(new URL(`${await serve(await run())}/`));
    expect(loaded).toMatchObject({
      count: 5,
      total: 5,
      clusters: 2,
      title: 'numbers.csv: kmeans',
    });
    expect(loaded.model).toBeUndefined();
    expect(loaded.summaries.map(({ size }) => size).sort()).toEqual([2, 3]);
    expect([...loaded.positions].every(Number.isNaN)).toBe(true);
    expect(loaded.history).toEqual([
      { name: 'inertia', step: 'iteration', values: [9, 2.5] },
      { name: 'training loss', step: 'epoch', values: [3, 2] },
    ]);
    expect(loaded.notes).toEqual([expect.stringContaining('Fit it again')]);
  });

  it('reports that there is no run', async () => {
    const url = await serve({});
    const loading = loadRun(url);
    await expect(loading).rejects.toBeInstanceOf(RunUnavailableError);
    await expect(loading).rejects.toMatchObject({ url: `${url}/model.json`, status: 404 });
  });

  it('reports that a server rejects the request, or is not there', async () => {
    const refusing = loadRun(await serve({ [VIEW_FILE]: 403 }));
    await expect(refusing).rejects.toMatchObject({ code: 'RUN_UNAVAILABLE', status: 403 });
    await expect(loadRun('http://127.0.0.1:1/run/')).rejects.toMatchObject({
      code: 'RUN_UNAVAILABLE',
      status: undefined,
    });
  });

  it.each([
    [
      'a foreign version',
      { 'model.json': '{"format":"shoal-run","version":9}' },
      /version 9 of the run format/,
    ],
    ['another kind of JSON', { 'model.json': '{}' }, /not a Shoal run/],
    ['labels that are not labels', { 'labels.npy': 'hello' }, /labels\.npy: not an NPY file/],
    [
      'a page in place of the view',
      { [VIEW_FILE]: '<!doctype html>' },
      /view\.safetensors: the safetensors header/,
    ],
  ])('refuses %s', async (_, changed, message) => {
    const loading = loadRun(await serve({ ...(await run()), ...changed }));
    await expect(loading).rejects.toBeInstanceOf(FormatError);
    await expect(loading).rejects.toThrow(message);
  });

  it('stops when it is told to', async () => {
    const url = await serve(await run());
    await expect(loadRun(url, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});
