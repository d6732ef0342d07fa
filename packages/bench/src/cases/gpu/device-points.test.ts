import { describe, expect, it } from 'vitest';
import { describeNoise, devicePoints } from './device-points.ts';

const { signal } = new AbortController();

describe('devicePoints', () => {
  it('makes more rows of 2^20 by rotating their columns', async () => {
    const count = 2 ** 20;
    const { data, rows } = await devicePoints(2 * count + 3, 3, signal);
    expect(rows).toBe(2 * count + 3);
    const row = (i: number) => [...data.subarray(3 * i, 3 * i + 3)];
    for (const i of [0, 1, 2]) {
      const [a, b, c] = row(i);
      expect(row(count + i)).toEqual([b, c, a]);
      expect(row(2 * count + i)).toEqual([c, a, b]);
    }
    const [a, b, c] = row(count - 1);
    expect(row(2 * count - 1)).toEqual([b, c, a]);
    expect(describeNoise(rows).data).toContain('rotated');
  });

  it('gives consecutive workloads the same points', async () => {
    const points = await devicePoints(20, 4, signal);
    expect(await devicePoints(20, 4, signal)).toBe(points);
    expect(await devicePoints(21, 4, signal)).not.toBe(points);
  });

  it('throws when memory is not enough', async () => {
    await expect(devicePoints(2 ** 40, 1000, signal)).rejects.toThrow(/host's memory/);
  });
});
