import { describe, expect, it } from 'vitest';
import { DataError, InvalidArgumentError, ShapeError } from '../errors.ts';
import { matrix } from '../matrix.ts';
import { bytes } from '../testing/datasets.ts';
import { orientedGradients } from './oriented-gradients.ts';

/** An image by its pixels. */
function image(width: number, height: number, pixel: (x: number, y: number) => number) {
  const data = Float32Array.from({ length: width * height }, (_, i) =>
    pixel(i % width, Math.floor(i / width)),
  );
  return matrix(data, 1, width * height);
}

describe('orientedGradients', () => {
  it('finds vertical edges in the first direction, and horizontal ones half a turn on', async () => {
    const options = { width: 8, height: 8, cells: 1, orientations: 4 };
    const upright = await orientedGradients(
      image(8, 8, (x, y) => (x === 4 && y > 1 && y < 6 ? 1 : 0)),
      options,
    );
    const level = await orientedGradients(
      image(8, 8, (x, y) => (y === 4 && x > 1 && x < 6 ? 1 : 0)),
      options,
    );
    expect(upright.data[0]).toBeGreaterThan(1.4 * upright.data[2]);
    expect(level.data[2]).toBeGreaterThan(1.4 * level.data[0]);
    // One is the other, turned.
    expect(level.data[2]).toBeCloseTo(upright.data[0], 5);
    expect(level.data[0]).toBeCloseTo(upright.data[2], 5);
  });

  it('is as calculated by hand for one pixel', async () => {
    // The four neighbors of the pixel have gradients of equal length, two along each axis.
    const { data, columns } = await orientedGradients(
      image(3, 3, (x, y) => (x === 1 && y === 1 ? 0.25 : 0)),
      { width: 3, height: 3, cells: 1, orientations: 2 },
    );
    expect(columns).toBe(2);
    expect([...data]).toEqual([0.25, 0.25]);
  });

  it('shares a gradient between cells by nearness', async () => {
    const options = { width: 8, height: 4, cells: 2, orientations: 2 };
    const { data } = await orientedGradients(
      image(8, 4, (x) => (x >= 4 ? 1 : 0)),
      options,
    );
    const squares = Array.from(data, (value) => value ** 2);
    // The edge in the middle belongs to both halves equally, the one at the border to the right half.
    const left = squares[0] + squares[4];
    const right = squares[2] + squares[6];
    expect(left).toBeGreaterThan(0);
    expect(right).toBeGreaterThan(left);
  });

  it('does not depend on brightness, and gives rows of one length within [0, 1]', async () => {
    const dim = bytes(5, 64, 3);
    const bright = { ...dim, scale: 4 * dim.scale };
    const options = { width: 8, height: 8 };
    const [a, b] = [await orientedGradients(dim, options), await orientedGradients(bright, options)];
    b.data.forEach((value, at) => {
      expect(value).toBeCloseTo(a.data[at], 5);
    });
    for (let i = 0; i < 5; i++) {
      const row = a.data.subarray(128 * i, 128 * (i + 1));
      const squares = Array.from(row).reduce((sum, value) => sum + value ** 2, 0);
      expect(Math.sqrt(squares / 128)).toBeCloseTo(0.25, 3);
      expect(Math.max(...row)).toBeLessThanOrEqual(1);
    }
    expect([a.rows, a.columns]).toEqual([5, 128]);
  });

  it('is zero for an empty image', async () => {
    const { data } = await orientedGradients(
      image(8, 8, () => 0),
      { width: 8, height: 8 },
    );
    expect([...data].every((value) => value === 0)).toBe(true);
  });

  it('refuses points that are not images', async () => {
    const points = image(8, 8, () => 1);
    const options = { width: 8, height: 8 };
    await expect(orientedGradients(points, { width: 8, height: 7 })).rejects.toThrow(ShapeError);
    for (const wrong of [{ cells: 0 }, { cells: 9 }, { orientations: 1 }, { width: 0 }]) {
      await expect(orientedGradients(points, { ...options, ...wrong })).rejects.toThrow(InvalidArgumentError);
    }
    const negative = image(8, 8, (x) => x - 1);
    await expect(orientedGradients(negative, options)).rejects.toThrow(/column 0 is -1/);
    const broken = image(8, 8, (x) => (x === 3 ? NaN : 1));
    await expect(orientedGradients(broken, options)).rejects.toThrow(DataError);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(orientedGradients(points, options, signal)).rejects.toThrow('enough');
  });
});
