import { describe, expect, it } from 'vitest';
import { blobs, noise, startingRows } from './point-sets.ts';

describe('points of the bench', () => {
  it('are the same for a seed, and other ones for another', () => {
    expect(noise(20, 3, 1)).toEqual(noise(20, 3, 1));
    expect(noise(20, 3, 1).data).not.toEqual(noise(20, 3, 2).data);
    const options = { rows: 20, columns: 3, centres: 4, spread: 1, seed: 1 };
    expect(blobs(options)).toEqual(blobs(options));
  });

  it('have the variance their description says', () => {
    const { points } = blobs({ rows: 4000, columns: 8, centres: 500, spread: 0.5, seed: 3 });
    let sum = 0;
    for (const value of points.data) sum += value * value;
    // 1 around each centre, 0.25 of the centres; 4000 centre coordinates leave it uncertain by a percent.
    expect(sum / points.data.length).toBeGreaterThan(1.2);
    expect(sum / points.data.length).toBeLessThan(1.3);
  });

  it('start from different rows of their own', () => {
    const points = noise(50, 2, 5);
    const { data, rows } = startingRows(points, 50, 6);
    expect(rows).toBe(50);
    expect([...data].sort()).toEqual([...points.data].sort());
  });
});
