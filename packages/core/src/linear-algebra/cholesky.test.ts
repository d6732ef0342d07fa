import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { atOnce } from '../chunks.ts';
import { choleskyLower, invertLower } from './cholesky.ts';

describe('choleskyLower', () => {
  it('factors a hand-computed matrix at an offset', () => {
    const a = Float64Array.of(-7, 4, 2, 2, 10);
    expect(atOnce(choleskyLower(a, 1, 2))).toEqual(Float64Array.of(2, 0, 1, 3));
  });

  it.each([
    ['indefinite', [1, 2, 2, 1]],
    ['singular', [1, 1, 1, 1]],
    ['not a number', [NaN, 0, 0, 1]],
    ['infinite', [Infinity, 0, 0, 1]],
  ])('returns undefined for a matrix that is %s', (_, values) => {
    expect(atOnce(choleskyLower(Float64Array.from(values), 0, 2))).toBeUndefined();
  });
});

describe('invertLower', () => {
  it('inverts a random factor', () => {
    const random = new Random(1);
    const d = 7;
    const l = new Float64Array(d * d);
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < i; j++) l[i * d + j] = random.normal();
      l[i * d + i] = 1 + random.uniform();
    }
    const inverse = atOnce(invertLower(l, d));
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        let sum = 0;
        for (let k = 0; k < d; k++) sum += l[i * d + k] * inverse[k * d + j];
        expect(sum).toBeCloseTo(i === j ? 1 : 0, 12);
      }
    }
  });
});
