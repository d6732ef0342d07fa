import { describe, expect, it } from 'vitest';
import { blobs, noise, startingRows } from './point-sets.ts';

const { signal } = new AbortController();

describe('points of the bench', () => {
  it('are the same for the same seed, and different for another', async () => {
    const [once, again, other] = await Promise.all([1, 1, 2].map((seed) => noise(20, 3, seed, signal)));
    expect(again).toEqual(once);
    expect(other.data).not.toEqual(once.data);
    const options = { rows: 20, columns: 3, centers: 4, spread: 1, seed: 1 };
    expect(await blobs(options, signal)).toEqual(await blobs(options, signal));
  });

  it('have the variance their description says', async () => {
    const { points } = await blobs({ rows: 4000, columns: 8, centers: 500, spread: 0.5, seed: 3 }, signal);
    let sum = 0;
    for (const value of points.data) sum += value * value;
    // 1 around each center, 0.25 for the centers; with 4000 center coordinates it is uncertain by a percent.
    expect(sum / points.data.length).toBeGreaterThan(1.2);
    expect(sum / points.data.length).toBeLessThan(1.3);
  });

  it('start from different rows of the points', async () => {
    const points = await noise(50, 2, 5, signal);
    const { data, rows } = startingRows(points, 50, 6);
    expect(rows).toBe(50);
    expect([...data].sort()).toEqual([...points.data].sort());
  });

  it('stop being made when aborted', async () => {
    const reason = new DOMException('enough', 'AbortError');
    await expect(noise(10, 2, 1, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
