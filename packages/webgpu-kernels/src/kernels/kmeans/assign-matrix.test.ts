import { describe, expect, it } from 'vitest';
import { matrixShape, type MatrixShape } from '../../runtime/matrix-unit.ts';
import { assignMatrixKernel, matrixMemory, planMatrices } from './assign-matrix.ts';

const shapes = {
  hopper: { m: 16, n: 16, k: 16, lanes: 32 },
  apple: { m: 8, n: 8, k: 8, lanes: 32 },
  intel: { m: 8, n: 16, k: 16, lanes: 32 },
  wide: { m: 16, n: 16, k: 16, lanes: 64 },
  lavapipe: { m: 8, n: 8, k: 8, lanes: 8 },
} satisfies Record<string, MatrixShape>;

describe('planMatrices', () => {
  it.each([
    ['hopper', 49_152, false, [4, 2, 32]],
    ['hopper', 49_152, true, [4, 2, 32]],
    ['apple', 32_768, false, [4, 2, 32]],
    ['apple', 32_768, true, [4, 2, 16]],
    ['intel', 65_536, true, [4, 2, 32]],
    ['wide', 65_536, false, [4, 1, 32]],
    ['lavapipe', 32_768, true, [8, 4, 16]],
  ] as const)('divides the tiles: %s, %i bytes, split: %s', (name, memory, split, [rows, columns, depth]) => {
    const plan = planMatrices(shapes[name], memory, split);
    expect(plan).toMatchObject({ workerRows: rows, workerColumns: columns, depth });
    expect(matrixMemory(plan!)).toBeLessThanOrEqual(memory);
  });

  it('finds no plan where matrices or tiles do not fit', () => {
    expect(planMatrices(shapes.hopper, 16_384, false)).toBeUndefined();
    expect(planMatrices({ m: 16, n: 16, k: 64, lanes: 32 }, 65_536, false)).toBeUndefined();
    expect(planMatrices({ m: 12, n: 16, k: 16, lanes: 32 }, 65_536, false)).toBeUndefined();
    expect(planMatrices({ m: 16, n: 16, k: 16, lanes: 48 }, 65_536, false)).toBeUndefined();
  });

  it('makes a separate kernel for every plan', () => {
    const plans = [planMatrices(shapes.hopper, 49_152, false)!, planMatrices(shapes.hopper, 49_152, true)!];
    const [plain, split] = plans.map((plan) => assignMatrixKernel('u8', plan));
    expect(plain.label).toBe('assign-matrix:u8:16-16-16-4-2-32');
    expect(split.label).toBe('assign-matrix:u8:split:16-16-16-4-2-32');
    expect(split.source).toContain('const SPLIT = true;');
  });
});

describe('matrixShape', () => {
  const config = (componentType: string, resultComponentType: string, size: number) => ({
    componentType,
    resultComponentType,
    M: size,
    N: size,
    K: size,
  });

  it('is the largest of half floats with float32 sums', () => {
    const subgroupMatrixConfigs = [
      config('f16', 'f32', 8),
      config('f16', 'f32', 16),
      config('f16', 'f16', 32),
      config('u8', 'u32', 32),
    ];
    const found = matrixShape({ subgroupMaxSize: 32, subgroupMatrixConfigs });
    expect(found).toEqual({ m: 16, n: 16, k: 16, lanes: 32 });
  });

  it('is undefined where an adapter does not describe it', () => {
    expect(matrixShape({})).toBeUndefined();
    expect(matrixShape({ subgroupMaxSize: 32 })).toBeUndefined();
    const bytes = [config('u8', 'u32', 16)];
    expect(matrixShape({ subgroupMaxSize: 32, subgroupMatrixConfigs: bytes })).toBeUndefined();
  });
});
