import { describe, expect, it } from 'vitest';
import { measureDevice } from '../../tuning/measure-device.ts';
import { runKernel } from '../../testing/test-device.ts';
import { normals } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { copyGrid, copyKernel, copyParams } from './copy.ts';
import { FLOPS_PER_ROUND, multiplyAddGrid, multiplyAddKernel, multiplyAddParams } from './multiply-add.ts';

describe('probes', () => {
  const device = useTestDevice();

  it.each([0, 1, 40])('multiply-add computes %i rounds', async (rounds) => {
    const { sums } = await runKernel(device.context, multiplyAddKernel, {
      grid: multiplyAddGrid(256),
      buffers: { sums: new Float32Array(256), params: new Uint8Array(multiplyAddParams(rounds)) },
    });
    // Four of the 16 chains each start at n, n + 1, n + 2 and n + 3; x -> 0.999 x + 0.001 has the fixed point 1.
    const expected = (n: number) => 16 + (16 * n + 24 - 16) * 0.999 ** (8 * rounds);
    const found = new Float32Array(sums);
    for (const n of [0, 5, 63]) {
      expect(found[n] / expected(n)).toBeCloseTo(1, 5);
      expect(found[64 + n]).toBe(found[n]);
    }
    expect(FLOPS_PER_ROUND).toBe(256);
  });

  it.each([16, 16 * 300])('copy copies %i bytes', async (bytes) => {
    const source = normals(1, bytes / 4);
    const { targetValues } = await runKernel(device.context, copyKernel, {
      grid: copyGrid(bytes),
      buffers: {
        source,
        targetValues: new Float32Array(source.length),
        params: new Uint8Array(copyParams(bytes)),
      },
    });
    expect(new Float32Array(targetValues)).toEqual(source);
  });

  it('give upper limits, and free everything', async () => {
    const { multiplyAdd, copy } = await measureDevice(device.context.device, { quick: true });
    expect(multiplyAdd).toBeGreaterThan(0);
    expect(copy).toBeGreaterThan(0);
  });

  it('stop when aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(measureDevice(device.context.device, { quick: true, signal })).rejects.toThrow('enough');
  });
});
