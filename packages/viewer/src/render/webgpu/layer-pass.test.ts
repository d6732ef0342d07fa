import { expect, it } from 'vitest';
import { coverUnit } from './layer-pass.ts';

it('chooses units so that the sum over all points fits into 32 bits', () => {
  for (const count of [0, 1, 2, 65_536, 65_537, 65_538, 1_000_000, 2 ** 24 - 1, 2 ** 24]) {
    const unit = coverUnit(count);
    expect(Number.isInteger(unit)).toBe(true);
    expect(unit).toBeGreaterThanOrEqual(255);
    expect(unit).toBeLessThan(65_536);
    expect(unit * count).toBeLessThanOrEqual(2 ** 32 - 1);
  }
});
