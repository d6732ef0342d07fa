import { describe, expect, it } from 'vitest';
import { WebGpuEngine } from '../engine/webgpu-engine.ts';
import { matrix } from '@shoal/core';
import { useTestDevice } from '../testing/use-test-device.ts';
import { tuningKey } from './kmeans-tuning.ts';
import { measureVariants } from './measure-variants.ts';

describe('tuning', () => {
  const device = useTestDevice();
  const open = (tuning?: Readonly<Record<string, 'tiled'>>) => {
    const own = device.context.device;
    return new WebGpuEngine({ device: own, adapterInfo: own.adapterInfo, owned: false }, { tuning });
  };

  it('measures every variant that works with a shape, the fastest first', async () => {
    const engine = open();
    const timings = await measureVariants(engine, { rows: 300, columns: 3, clusters: 5 });
    expect(timings.map(({ variant }) => variant).sort()).toEqual(['fused', 'straight', 'tiled']);
    const times = timings.map(({ milliseconds }) => milliseconds);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThan(0);
    const wide = await measureVariants(engine, { rows: 70, columns: 784, clusters: 10 });
    expect(wide.map(({ variant }) => variant).sort()).toEqual(['straight', 'tiled']);
    expect(engine.memory.buffers).toBe(0);
  });

  it('stops when aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const measuring = measureVariants(open(), { rows: 10, columns: 1, clusters: 1 }, signal);
    await expect(measuring).rejects.toThrow('enough');
  });

  it('decides how an engine computes, for similar shapes', async () => {
    const engine = open({ [tuningKey(4, 8)]: 'tiled' });
    const variantOf = async (columns: number, clusters: number) => {
      const points = matrix(new Float32Array(20 * columns).fill(1), 20, columns);
      const session = await engine.createKMeans(points, { clusters });
      session.destroy();
      return session.variant;
    };
    expect(await variantOf(4, 8)).toBe('tiled');
    expect(await variantOf(5, 7)).toBe('tiled');
    expect(await variantOf(8, 8)).toBe('straight');
  });
});
