import { describe, expect, it } from 'vitest';
import { InvalidArgumentError, ShapeError } from './errors.ts';
import { KMeans } from './kmeans/kmeans.ts';
import { matrix } from './matrix.ts';
import { silhouetteSamples } from './metrics/index.ts';

describe('matrix', () => {
  it.each([Float32Array.of(1, 2), Float64Array.of(1, 2), Uint8Array.of(1, 2)])(
    'shares memory with %o',
    (data) => {
      expect(matrix(data, 1, 2).data).toBe(data);
    },
  );

  it('shares memory with the clamped bytes of a canvas', () => {
    const canvas = new Uint8ClampedArray([9, 1, 2, 3]).subarray(1, 3);
    const { data } = matrix(canvas, 2, 1);
    expect(data).toEqual(Uint8Array.of(1, 2));
    expect(data.buffer).toBe(canvas.buffer);
  });

  it.each([[[1, -300]], [Int16Array.of(1, -300)], [Int32Array.of(1, -300)]])(
    'makes float64 of %o',
    (data) => {
      expect(matrix(data, 2, 1).data).toEqual(Float64Array.of(1, -300));
    },
  );

  it.each<[string, unknown]>([
    ['a text', 'ab'],
    ['texts', ['1', '2']],
    ['holes', [1, undefined]],
    ['bigints', BigInt64Array.of(1n, 2n)],
    ['an object', { length: 2 }],
  ])('refuses %s', (_, data) => {
    expect(() => matrix(data as never, 2, 1)).toThrow(InvalidArgumentError);
  });
});

describe('points', () => {
  it.each<[string, unknown, string]>([
    ['nested arrays of texts', [['a'], ['b']], 'value 0 is a string (a)'],
    ['a typed array', Float32Array.of(1, 2), 'got a Float32Array'],
    ['nothing', undefined, 'got undefined'],
    [
      'a matrix made by hand from a plain array',
      { location: 'host', data: [1, 2], rows: 2, columns: 1, scale: 1 },
      'a matrix of an Array',
    ],
  ])('that are %s are refused by estimators, models and measures', async (_, points, message) => {
    const given = points as never;
    const model = await new KMeans({ clusters: 1 }).fit(matrix([1, 2], 2, 1));
    for (const use of [
      () => new KMeans({ clusters: 1 }).fit(given),
      () => model.predict(given),
      () => model.score(given),
      () => silhouetteSamples(given, [0, 1]),
    ]) {
      await expect(use()).rejects.toThrow(InvalidArgumentError);
      await expect(use()).rejects.toThrow(message);
    }
  });

  it('of a shape that does not fit their values are refused', async () => {
    const points = { location: 'host', data: Float32Array.of(1, 2), rows: 3, columns: 1, scale: 1 } as const;
    await expect(new KMeans({ clusters: 1 }).fit(points)).rejects.toThrow(ShapeError);
  });
});
