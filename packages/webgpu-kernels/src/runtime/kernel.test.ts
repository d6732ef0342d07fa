import { describe, expect, it } from 'vitest';
import { defineKernel, linearGrid, withModules } from './kernel.ts';

describe('linearGrid', () => {
  it.each([0, 1, 65_535, 65_536, 200_001, 10_000_019])('covers %i workgroups', (workgroups) => {
    const [x, y] = linearGrid(workgroups);
    expect(x * y).toBeGreaterThanOrEqual(Math.max(1, workgroups));
    expect(Math.max(x, y)).toBeLessThanOrEqual(65_535);
    // At most one row of unused workgroups.
    expect(x * y - workgroups).toBeLessThanOrEqual(Math.max(1, y));
  });
});

describe('defineKernel', () => {
  it('names the entry point after the file, and gives a variant another label', () => {
    const kernel = defineKernel('sum-blocks', 'body', { totals: 'read-write' });
    expect(kernel.entryPoint).toBe('sum_blocks');
    const variant = withModules(kernel, 'u8', ['module']);
    expect(variant).toMatchObject({
      label: 'sum-blocks:u8',
      source: 'module\nbody',
      entryPoint: 'sum_blocks',
    });
  });
});
