import { createReferenceEngine } from '@shoal/core';
import { createNodeWebGpuEngine } from '@shoal/webgpu-kernels/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inertiaOf } from '../../judge.ts';
import { runBench } from '../../run-bench.ts';
import { deviceShapes, makeTask } from './kmeans-shapes.ts';
import { mixtureShapes, mixtureShapePoints, mixtureShapeStart } from './mixture-shapes.ts';

const { signal } = new AbortController();

const quick = {
  reason: 'a test',
  tensorBackend: () => Promise.reject(new Error('No case here trains.')),
  quick: true,
  signal,
};

const CASES = [
  'kmeans-variants/odd-3-7',
  'kmeans-device-fit/images-u8',
  'kmeans-device-seeding/million-64',
  'gmm-device-step/full-odd-3-7',
  'gmm-device-fit/diag-60000-10',
];

describe('GPU cases', () => {
  it('measure on a WebGPU device, with the kernels if it has timestamps', async () => {
    const engine = await createNodeWebGpuEngine({ allowSoftware: true });
    onTestFinished(() => {
      engine.destroy();
    });
    const seen: number[] = [];
    const onReport = ({ rows }: { readonly rows: readonly unknown[] }) =>
      Promise.resolve(void seen.push(rows.length));
    const { rows } = await runBench({ ...quick, cases: CASES, engine, onReport });
    expect(rows.map((row) => `${row.case}/${row.workload}`)).toEqual(CASES);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
    for (const { contenders, unavailable } of rows) {
      expect(unavailable).toBeNull();
      for (const { refused, median } of contenders) {
        expect(refused).toBeNull();
        expect(median).toBeGreaterThan(0);
      }
    }
    const kernels = rows.map(({ contenders }) => contenders[0].kernels.map(({ kernel }) => kernel));
    const timed = engine.device.features.has('timestamp-query');
    expect(kernels.map((names) => names.length > 0)).toEqual([timed, false, false, timed, false]);
    // The device judges all results here; the reference engine agrees.
    const [{ contenders }] = rows;
    expect(contenders.length).toBeGreaterThan(1);
    const [, shape] = deviceShapes(true).find(([name]) => name === 'odd-3-7')!;
    const { points, start } = await makeTask(shape, signal);
    const session = await createReferenceEngine().createKMeans(points, { clusters: shape.clusters });
    await session.writeCentroids(Float32Array.from(start.data));
    await session.step(shape.iterations, 0);
    const expected = await inertiaOf(points, await session.readCentroids(), signal);
    expect(contenders[0].quality! / expected).toBeCloseTo(1, 5);
  });

  it('are unavailable on another engine', async () => {
    const engine = createReferenceEngine();
    const { rows } = await runBench({ ...quick, cases: CASES, engine });
    for (const { unavailable, failed } of rows) {
      expect(unavailable).toContain('webgpu');
      expect(failed).toBe(false);
    }
  });

  it('are left out, and say so, when the time is up', async () => {
    const { rows } = await runBench({
      ...quick,
      cases: CASES,
      engine: createReferenceEngine(),
      seconds: 1e-3,
    });
    for (const { unavailable } of rows) expect(unavailable).toContain('left out');
  });

  it('have the shapes that are to be measured', () => {
    const kmeans = deviceShapes(false).map(([, { rows, columns, clusters, bytes }]) =>
      [rows, columns, clusters, ...(bytes === true ? ['u8'] : [])].join(' '),
    );
    expect(kmeans).toEqual(
      expect.arrayContaining([
        ...['60000 784 10', '60000 784 10 u8', '1048576 128 256', '1048576 128 1024', '1048576 128 4096'],
        ...['8000000 128 1024', '1048576 32 64', '100000 3 7', '100000 17 1000'],
      ]),
    );
    const mixtures = mixtureShapes(false).map(([, { rows, columns, clusters, covarianceType }]) =>
      [rows, columns, clusters, covarianceType].join(' '),
    );
    expect(mixtures).toEqual(
      expect.arrayContaining(
        ['60000 32 10', '1000000 64 64', '100000 3 7', '100000 17 1000'].flatMap((shape) => [
          `${shape} full`,
          `${shape} diag`,
        ]),
      ),
    );
  });

  it('start mixtures from rows and the covariance of all points', async () => {
    const [, shape] = mixtureShapes(true).find(([name]) => name === 'full-odd-3-7')!;
    const points = await mixtureShapePoints(shape, signal);
    const { weights, means, covariances } = mixtureShapeStart(points, shape);
    expect(weights.reduce((sum, weight) => sum + weight)).toBeCloseTo(1);
    expect([...covariances.subarray(9, 18)]).toEqual([1.25, 0, 0, 0, 1.25, 0, 0, 0, 1.25]);
    const rows = Array.from({ length: points.rows }, (_, i) => points.data.subarray(3 * i, 3 * i + 3).join());
    expect(rows).toContain(Float32Array.from(means.subarray(0, 3)).join());
    expect(mixtureShapeStart(points, { ...shape, covarianceType: 'diag' }).covariances).toEqual(
      new Float64Array(3 * shape.clusters).fill(1.25),
    );
  });
});
