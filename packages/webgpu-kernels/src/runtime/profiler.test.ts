import { gatherRows, KMeans, StateError, UnsupportedError } from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { createNodeWebGpuEngine } from '../node/index.ts';
import { WebGpuEngine } from '../engine/webgpu-engine.ts';
import { useTestDevice } from '../testing/use-test-device.ts';

describe('profile', () => {
  const plain = useTestDevice();

  it('times the kernels of an iteration, the longest first, and does not change results', async () => {
    const engine = await createNodeWebGpuEngine({ allowSoftware: true });
    try {
      const { points } = blobs(2000, 20, 4, 1);
      const session = await engine.createKMeans(points, { clusters: 4 }, 'straight');
      await session.writeCentroids(gatherRows(points, [0, 1, 2, 3]));
      const { result, kernels } = await engine.profile(() => session.step(3, 0));
      await session.writeCentroids(gatherRows(points, [0, 1, 2, 3]));
      expect(await session.step(3, 0)).toEqual(result);
      session.destroy();
      const names = kernels.map(({ kernel }) => kernel).sort();
      expect(names).toEqual(['assign:f32', 'cluster-sums:f32', 'conclude:f32', 'sum-blocks']);
      for (const { dispatches, milliseconds } of kernels) {
        expect(dispatches).toBe(3);
        expect(milliseconds).toBeGreaterThan(0);
      }
      const times = kernels.map(({ milliseconds }) => milliseconds);
      expect(times).toEqual(times.toSorted((a, b) => b - a));
      expect(engine.memory.buffers).toBe(0);
    } finally {
      engine.destroy();
    }
  });

  it.each([
    ['straight', false, 700, 20, 4],
    ['straight', true, 130, 3, 40],
    ['fused', false, 700, 20, 4],
    ['tiled', true, 300, 17, 70],
  ] as const)(
    'counts the work given in docs/kernels.md: %s, weighted %s, %i x %i, %i clusters',
    async (...row) => {
      const [variant, isWeighted, n, d, k] = row;
      const engine = await createNodeWebGpuEngine({ allowSoftware: true });
      try {
        const { points } = blobs(n, d, k, 1);
        const weights = isWeighted ? new Float32Array(n).fill(1) : undefined;
        const session = await engine.createKMeans(points, { clusters: k, weights }, variant);
        await session.writeCentroids(
          gatherRows(
            points,
            new Uint32Array(k).map((_, i) => i),
          ),
        );
        const { kernels } = await engine.profile(() => session.step(1, 0));
        session.destroy();
        const w = isWeighted ? 1 : 0;
        const blocks = kernels.find(({ kernel }) => kernel === 'sum-blocks')!.flops! / (k * (d + 1));
        expect(Number.isInteger(blocks)).toBe(true);
        const sums = 4 * blocks * k * (d + 1);
        const expected: Record<string, readonly [flops: number, bytes: number]> = {
          'assign:f32': [3 * n * k * d, 4 * n * (d + w) + 4 * k * d + 12 * n],
          'assign-tiled:f32': [2 * n * k * d + 3 * n * d, 4 * n * (d + w) + 4 * k * d + 12 * n],
          'assign-sums:f32': [3 * n * k * d + (1 + w) * n * d, 4 * n * (d + w) + 4 * k * d + 12 * n + sums],
          'cluster-sums:f32': [(1 + w) * n * d, 4 * n * (d + w) + 4 * n + sums],
          'sum-blocks': [blocks * k * (d + 1), sums + 4 * k * (d + 1)],
          'conclude:f32': [4 * k * d, 4 * k * (d + 1) + 8 * k * d],
        };
        const counted = kernels.map(({ kernel, flops, bytes }) => [kernel, flops, bytes]);
        expect(counted).toEqual(kernels.map(({ kernel }) => [kernel, ...expected[kernel]]));
      } finally {
        engine.destroy();
      }
    },
  );

  it('counts the first 2048 dispatches, one profile at a time', async () => {
    const engine = await createNodeWebGpuEngine({ allowSoftware: true });
    try {
      const { points } = blobs(64, 2, 40, 1);
      const fit = () => new KMeans({ clusters: 40, seed: 1, nInit: 20, engine }).fit(points);
      const { kernels } = await engine.profile(async () => {
        await expect(engine.profile(fit)).rejects.toBeInstanceOf(StateError);
        await fit();
      });
      expect(kernels.reduce((sum, { dispatches }) => sum + dispatches, 0)).toBe(2048);
    } finally {
      engine.destroy();
    }
  });

  it('needs timestamps', async () => {
    const { device } = plain.context;
    const engine = new WebGpuEngine({ device, adapterInfo: device.adapterInfo, owned: false });
    await expect(engine.profile(() => Promise.resolve())).rejects.toBeInstanceOf(UnsupportedError);
  });
});
