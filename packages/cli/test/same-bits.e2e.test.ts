import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { matrix, Random } from '@shoal/core';
import { readNpy } from '@shoal/data';
import { UmapClustering } from '@shoal/manifold';
import { createWasmEngine } from '@shoal/wasm-kernels';
import { describe, expect, it } from 'vitest';
import { enableRelaxedSimd } from '../src/relaxed-simd.ts';
import { shoalProcess, temporaryFolder } from './run-shoal.ts';

// A program that needs fused arithmetic in Node.js 20 has to do this too.
enableRelaxedSimd();

const ROWS = 300;
const COLUMNS = 5;
const random = new Random(11);
/** Four groups that touch each other: last digits decide the labels of some points. */
const points = matrix(
  Float32Array.from({ length: ROWS * COLUMNS }, (_, at) => random.normal() + (Math.floor(at / COLUMNS) % 4)),
  ROWS,
  COLUMNS,
);

async function fitByCommand(...argv: readonly string[]) {
  const folder = await temporaryFolder();
  const rows = Array.from({ length: ROWS }, (_, i) =>
    points.data.subarray(i * COLUMNS, (i + 1) * COLUMNS).join(','),
  );
  await writeFile(join(folder, 'points.csv'), rows.join('\n'));
  const all = [
    'fit',
    'points.csv',
    '-k',
    '4',
    '--label-column',
    'none',
    '--header',
    'no',
    '--scaling',
    'none',
    '--no-report',
  ];
  const outcome = await shoalProcess([...all, ...argv], { cwd: folder });
  const file = (name: string) => readFile(join(folder, 'run', name));
  return { ...outcome, file };
}

describe('the command and a program', () => {
  it.each([
    { arithmetic: 'plain', method: 'umap-cut', clustering: { method: 'cut', clusters: 4 }, threads: 1 },
    { arithmetic: 'fused', method: 'umap-cut', clustering: { method: 'cut', clusters: 4 }, threads: 2 },
    { arithmetic: 'plain', method: 'umap-gmm', clustering: { method: 'gmm', clusters: 4 }, threads: 2 },
    { arithmetic: 'fused', method: 'umap-gmm', clustering: { method: 'gmm', clusters: 4 }, threads: 1 },
  ] as const)('find the same labels by $method in $arithmetic arithmetic', async (each) => {
    const { arithmetic, method, clustering, threads } = each;
    const argv = ['-m', method, '--engine', 'wasm', '--arithmetic', arithmetic, '--layout-epochs', '60'];
    const { status, stderr, file } = await fitByCommand(...argv);
    expect(status, stderr).toBe(0);
    expect(stderr).toContain(`${arithmetic} arithmetic`);
    const metrics = JSON.parse((await file('metrics.json')).toString()) as object;
    expect(metrics).toMatchObject({ arithmetic });

    const engine = await createWasmEngine({ arithmetic, threads, threadingThreshold: 0 });
    const model = await new UmapClustering({ clustering, umap: { epochs: 60 }, seed: 0, engine }).fit(points);
    const { data } = readNpy(await file('labels.npy'), 'labels.npy');
    expect(Array.from(data, Number)).toEqual([...model.labels]);
    engine.destroy();
  });

  it('refuse an arithmetic for an engine that has no choice', async () => {
    const { status, stderr } = await fitByCommand('--engine', 'reference', '--arithmetic', 'plain');
    expect(status).toBe(2);
    expect(stderr).toContain('--arithmetic plain is a choice of the wasm engine, so it needs --engine wasm');
  });
});
