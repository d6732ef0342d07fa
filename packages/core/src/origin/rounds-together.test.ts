import { describe, expect, it } from 'vitest';
import { matrix } from '../matrix.ts';
import { roundsTogether } from './rounds-together.ts';

describe('roundsTogether', () => {
  it('is about different values, not about repeated ones', async () => {
    const thirds = Float64Array.from({ length: 300 }, (_, i) => (i % 3) / 3);
    expect(await roundsTogether(matrix(thirds, 150, 2), undefined, undefined)).toBe(false);
    // 2^30 + 1 is not a float32.
    const far = Float64Array.of(1, 2 ** 30, 2, 2 ** 30 + 1);
    expect(await roundsTogether(matrix(far, 2, 2), undefined, undefined)).toBe(true);
    expect(await roundsTogether(matrix(far, 2, 2), Float64Array.of(0, 2 ** 30), undefined)).toBe(false);
  });
});
