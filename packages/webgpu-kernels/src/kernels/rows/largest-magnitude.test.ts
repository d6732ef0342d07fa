import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { largestMagnitudeGrid, largestMagnitudeKernel, largestMagnitudeParams } from './largest-magnitude.ts';

describe('largest-magnitude', () => {
  const device = useTestDevice();

  async function run(points: Float32Array, before = 0): Promise<number[]> {
    const { output } = await runKernel(device.context, largestMagnitudeKernel('f32'), {
      grid: largestMagnitudeGrid(points.length),
      buffers: {
        points,
        output: Float32Array.of(7, before, 8),
        params: new Uint8Array(largestMagnitudeParams(points.length, 1)),
      },
    });
    return [...new Float32Array(output)];
  }

  it.each([1, 255, 16_384, 16_385, 50_001])('is found among %i values, of either sign', async (count) => {
    const points = normals(1, count);
    for (const [at, value] of [
      [0, -1e30],
      [count - 1, 3e38],
    ]) {
      points[at] = value;
      expect(await run(points)).toEqual([7, Math.fround(Math.abs(value)), 8]);
    }
  });

  it('is combined with the present value', async () => {
    expect(await run(Float32Array.of(-3, 2), 2.5)).toEqual([7, 3, 8]);
    expect(await run(Float32Array.of(-3, 2), 4)).toEqual([7, 4, 8]);
  });
});
