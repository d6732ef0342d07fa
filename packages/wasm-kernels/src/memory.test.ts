import { StateError, UnsupportedError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { compileKernels } from './kernels.ts';
import { Layout, MAX_MEMORY_BYTES, padRows, Runtime, unpadRows } from './memory.ts';

const module = await compileKernels();

describe('Layout', () => {
  it('places arrays on vector boundaries, none over another, behind the kernels’ constants', () => {
    const layout = new Layout();
    const sizes = [1, 16, 17, 0, 5];
    const starts = sizes.map((size) => layout.reserve(size));
    expect(starts[0]).toBeGreaterThanOrEqual(0x10000);
    starts.forEach((start, i) => {
      expect(start % 16).toBe(0);
      expect(start + sizes[i]).toBeLessThanOrEqual(starts[i + 1] ?? layout.bytes);
    });
  });
});

describe('Runtime', () => {
  it('refuses more than 4 GiB with the size asked for', async () => {
    const layout = new Layout();
    layout.reserve(MAX_MEMORY_BYTES);
    await expect(new Runtime(module).allocate(layout)).rejects.toThrow(UnsupportedError);
    await expect(new Runtime(module).allocate(layout)).rejects.toThrow('4.0 GiB');
  });

  it('frees the memories of its sessions, and hands out no more, when it ends', async () => {
    const runtime = new Runtime(module);
    const memory = await runtime.allocate(new Layout());
    expect(memory.floats(0x10000 - 16, 4)).toHaveLength(4);
    runtime.destroy();
    expect(() => memory.kernels).toThrow(StateError);
    expect(() => memory.bytes(0, 1)).toThrow(StateError);
    await expect(runtime.allocate(new Layout())).rejects.toThrow(StateError);
  });

  it('hands out no memory that was asked for before its end and comes after it', async () => {
    const runtime = new Runtime(module);
    const pending = runtime.allocate(new Layout());
    runtime.destroy();
    await expect(pending).rejects.toThrow(StateError);
  });
});

describe('padRows and unpadRows', () => {
  it('are inverse up to the factor', () => {
    const padded = new Float32Array(8);
    padRows([1, 2, 3, 4, 5, 6], 3, padded, 2);
    expect([...padded]).toEqual([2, 4, 6, 0, 8, 10, 12, 0]);
    expect([...unpadRows(Float64Array.from(padded), 4, 3, 0.5)]).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
