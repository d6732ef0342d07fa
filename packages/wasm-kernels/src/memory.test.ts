import { StateError, UnsupportedError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { compileKernels } from './kernels.ts';
import { MemoryLayout, MAX_MEMORY_BYTES } from './memory-layout.ts';
import { Runtime } from './memory.ts';
import { padRows, unpadRows } from './padding.ts';

const module = await compileKernels('plain');

function layoutOf(bytes: number): MemoryLayout {
  const layout = new MemoryLayout();
  layout.reserve(bytes);
  return layout;
}

describe('MemoryLayout', () => {
  it('places arrays on vector boundaries, without overlap, behind the kernels’ constants', () => {
    const layout = new MemoryLayout();
    const sizes = [1, 16, 17, 0, 5];
    const starts = sizes.map((size) => layout.reserve(size));
    expect(starts[0]).toBeGreaterThanOrEqual(0x10000);
    starts.forEach((start, i) => {
      expect(start % 16).toBe(0);
      expect(start + sizes[i]).toBeLessThanOrEqual(starts[i + 1] ?? layout.bytes);
    });
  });

  it('gives each thread separate cache lines', () => {
    const layout = new MemoryLayout();
    layout.reserve(4);
    const room = layout.reserveEach(3, 65);
    expect([room.start % 64, room.bytes]).toEqual([0, 128]);
    expect(layout.bytes).toBeGreaterThanOrEqual(room.start + 3 * 128);
  });
});

describe('Runtime', () => {
  it('refuses more than 4 GiB with the size asked for', async () => {
    const runtime = new Runtime(module, 1, true);
    await expect(runtime.allocate(layoutOf(MAX_MEMORY_BYTES), 1)).rejects.toThrow(UnsupportedError);
    await expect(runtime.allocate(layoutOf(MAX_MEMORY_BYTES), 1)).rejects.toThrow('needs 4,097 MiB');
  });

  it('frees the memories of its sessions and opens no more after destroy()', async () => {
    const runtime = new Runtime(module, 1, true);
    const memory = await runtime.allocate(new MemoryLayout(), 1);
    expect(memory.floats(0x10000 - 16, 4)).toHaveLength(4);
    runtime.destroy();
    expect(() => memory.kernels).toThrow(StateError);
    expect(() => memory.bytes(0, 1)).toThrow(StateError);
    await expect(runtime.allocate(new MemoryLayout(), 1)).rejects.toThrow(StateError);
  });

  it('rejects a request for memory that is still open at destroy()', async () => {
    const runtime = new Runtime(module, 1, true);
    const pending = runtime.allocate(new MemoryLayout(), 1);
    runtime.destroy();
    await expect(pending).rejects.toThrow(StateError);
  });

  it('reuses a memory for the next session, grown if needed and zeroed', async () => {
    const runtime = new Runtime(module, 1, true);
    const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
    const first = await runtime.allocate(layoutOf(100_000), 1);
    const { buffer } = first.bytes(0, 1);
    first.bytes(0x10000, 100_000).fill(7);
    first.free();
    await turn();
    const second = await runtime.allocate(layoutOf(50_000), 1);
    expect(second.bytes(0, 1).buffer).toBe(buffer);
    expect(second.bytes(0x10000, 50_000).every((value) => value === 0)).toBe(true);
    // While the memory is in use, another session gets another one.
    const third = await runtime.allocate(layoutOf(50_000), 1);
    expect(third.bytes(0, 1).buffer).not.toBe(buffer);
    second.free();
    await turn();
    const fourth = await runtime.allocate(layoutOf(1_000_000), 1);
    expect(fourth.bytes(0x10000, 1_000_000).every((value) => value === 0)).toBe(true);
    runtime.destroy();
  });
});

describe('Runtime.trim', () => {
  it('gives up kept memories, but none while a session is alive', async () => {
    const runtime = new Runtime(module, 1, true);
    const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
    const [first, second] = [await runtime.allocate(layoutOf(9), 1), await runtime.allocate(layoutOf(9), 1)];
    const { buffer } = first.bytes(0, 1);
    first.free();
    await turn();
    runtime.trim();
    const third = await runtime.allocate(layoutOf(9), 1);
    expect(third.bytes(0, 1).buffer).toBe(buffer);
    second.free();
    third.free();
    await turn();
    runtime.trim();
    const fourth = await runtime.allocate(layoutOf(9), 1);
    expect(fourth.bytes(0, 1).buffer).not.toBe(buffer);
    runtime.destroy();
  });
});

describe('padRows and unpadRows', () => {
  it('are inverse', () => {
    const padded = new Float32Array(8);
    padRows([1, 2, 3, 4, 5, 6], 3, padded);
    expect([...padded]).toEqual([1, 2, 3, 0, 4, 5, 6, 0]);
    expect([...unpadRows(Float64Array.from(padded), 4, 3)]).toEqual([1, 2, 3, 4, 5, 6]);
  });
});
