import { describe, expect, it } from 'vitest';
import { DataError } from '../errors.ts';
import { Random } from '../random.ts';
import { symmetricEigen } from './eigen.ts';

function randomSymmetric(d: number, seed: number): Float64Array {
  const random = new Random(seed);
  const a = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j <= i; j++) a[i * d + j] = a[j * d + i] = random.normal();
  }
  return a;
}

describe('symmetricEigen', () => {
  it('solves a hand-computed case', async () => {
    const { values, vectors } = await symmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect(values[0]).toBeCloseTo(3, 14);
    expect(values[1]).toBeCloseTo(1, 14);
    expect(Math.abs(vectors[0])).toBeCloseTo(Math.SQRT1_2, 14);
    expect(vectors[0]).toBeCloseTo(vectors[2], 14);
    expect(vectors[1]).toBeCloseTo(-vectors[3], 14);
  });

  it.each([1, 2, 5, 17])('satisfies A v = lambda v with orthonormal v for D = %i', async (d) => {
    const a = randomSymmetric(d, d);
    const { values, vectors } = await symmetricEigen(a, d);
    for (let j = 0; j < d; j++) {
      if (j > 0) expect(values[j]).toBeLessThanOrEqual(values[j - 1]);
      for (let i = 0; i < d; i++) {
        let product = 0;
        let dot = 0;
        for (let k = 0; k < d; k++) {
          product += a[i * d + k] * vectors[k * d + j];
          dot += vectors[k * d + i] * vectors[k * d + j];
        }
        expect(product).toBeCloseTo(values[j] * vectors[i * d + j], 11);
        expect(dot).toBeCloseTo(i === j ? 1 : 0, 12);
      }
    }
  });

  it('leaves its input alone and accepts zeros', async () => {
    const zero = new Float64Array(9);
    expect((await symmetricEigen(zero, 3)).values).toEqual(new Float64Array(3));
    const a = randomSymmetric(3, 1);
    const before = a.slice();
    await symmetricEigen(a, 3);
    expect(a).toEqual(before);
  });

  it('rejects NaN', async () => {
    await expect(symmetricEigen(Float64Array.of(NaN), 1)).rejects.toThrow(DataError);
  });

  it('can be aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(symmetricEigen(randomSymmetric(3, 1), 3, signal)).rejects.toThrow('enough');
  });
});
