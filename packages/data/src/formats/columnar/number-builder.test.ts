import { describe, expect, it } from 'vitest';
import { NumberBuilder } from './number-builder.ts';
import { float64Type, integerType, type NumberType } from './number-type.ts';

function built(type: NumberType, numbers: readonly number[], missing: readonly number[] = []) {
  const builder = new NumberBuilder('x', type, numbers.length);
  const isMissing = missing.length > 0;
  const indexOf = (row: number): number => (missing.includes(row) ? -1 : row);
  builder.add(Float64Array.from(numbers), numbers.length, {
    hasMissing: isMissing,
    indexOf: isMissing ? indexOf : undefined,
  });
  return builder.column();
}

describe('integers of 64 bits', () => {
  it('are held in the narrowest array, and keep their type', () => {
    const int64 = integerType(64, true);
    expect(built(int64, [1, -300, 7])).toMatchObject({ values: Int16Array.of(1, -300, 7), stored: 'int64' });
    expect(built(int64, [1, 70_000])).toMatchObject({ values: Uint32Array.of(1, 70_000) });
    expect(built(int64, [2 ** 40, 1])).toMatchObject({ values: Float64Array.of(2 ** 40, 1) });
    expect(built(int64, [5, 0], [1])).toMatchObject({ values: Float64Array.of(5, NaN) });
    expect(built(int64, [2 ** 53 + 2, 1])).toBeUndefined();
  });

  it('are not what whole floats are', () => {
    expect(built(float64Type(), [1, 2])).toMatchObject({ values: Float64Array.of(1, 2), integers: true });
  });
});
