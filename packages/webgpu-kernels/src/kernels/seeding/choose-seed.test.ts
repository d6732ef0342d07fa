import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { chooseSeedKernel, chooseSeedParams } from './choose-seed.ts';

describe('choose-seed', () => {
  const device = useTestDevice();

  it.each([
    [[3], 1, 0],
    [[3, 2, 2, 5], 300, 1],
    [[0, 0], 2, 0],
  ])('chooses the first least value of %j, %i columns', async (potentials, columns, least) => {
    const candidates = normals(1, potentials.length * columns);
    const { seeds, seed } = await runKernel(device.context, chooseSeedKernel, {
      grid: [1, 1],
      buffers: {
        potentials: Float32Array.from(potentials),
        drawn: Uint32Array.from(potentials, (_, i) => 10 + i),
        candidates,
        seeds: Uint32Array.of(1, 7, 0),
        seed: new Float32Array(columns),
        params: new Uint8Array(chooseSeedParams(potentials.length, columns)),
      },
    });
    expect([...new Uint32Array(seeds)]).toEqual([2, 7, 10 + least]);
    expect(new Float32Array(seed)).toEqual(candidates.slice(least * columns, (least + 1) * columns));
  });

  it('packs candidates and columns', () => {
    expect([...new Uint32Array(chooseSeedParams(3, 4))]).toEqual([3, 4, 0, 0]);
  });
});
