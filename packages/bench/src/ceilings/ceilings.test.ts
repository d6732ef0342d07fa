import { describe, expect, it } from 'vitest';
import { measureCeilings } from './measure-ceilings.ts';
import { probeModule } from './probe-module.ts';
import { roofline, threadsOf } from './roofline.ts';

interface ProbeExports {
  readonly multiplyAdd: (n: number) => number;
  readonly copy: (bytes: number) => number;
}

const pair = { oneThread: 10, allThreads: 20 };
const ceilings = { threads: 2, multiplyAdd: pair, fusedMultiplyAdd: null, copy: pair, device: null };

describe('the probe module', () => {
  it('is valid WebAssembly whose functions compute', async () => {
    const { bytes, flops } = probeModule(false, 1 << 16);
    expect(flops).toBe(12 * 4 * 4 * 2);
    const { instance } = await WebAssembly.instantiate(bytes);
    const { multiplyAdd, copy } = instance.exports as unknown as ProbeExports;
    // Twelve accumulators that start at 1 to 12; n rounds of four steps x -> 0.999 x + 0.001, whose fixed point is 1.
    const expected = (n: number) => 12 + (78 - 12) * 0.999 ** (4 * n);
    const asFloat = (bits: number) => new Float32Array(Int32Array.of(bits).buffer)[0];
    for (const n of [1, 50]) expect(asFloat(multiplyAdd(n))).toBeCloseTo(expected(n), 2);
    expect(copy(1 << 16)).toBe(1 << 16);
    expect(() => copy((1 << 16) + 1)).toThrow(WebAssembly.RuntimeError);
  });
});

describe('measureCeilings', () => {
  it('gives a positive figure for each', async () => {
    const { threads, multiplyAdd, copy } = await measureCeilings(true, new AbortController().signal);
    expect(threads).toBeGreaterThan(0);
    for (const { oneThread, allThreads } of [multiplyAdd, copy]) {
      expect(oneThread).toBeGreaterThan(0);
      expect(allThreads).toBeGreaterThan(0);
    }
  });

  it('stops when aborted', async () => {
    const reason = new DOMException('enough', 'AbortError');
    await expect(measureCeilings(true, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('roofline', () => {
  it('is bound by arithmetic or by memory', () => {
    const dense = roofline({ flops: 4e9, bytes: 1e9, formula: '' }, 1, ceilings, 1);
    expect(dense).toEqual({ gflops: 4, ceilingGflops: 10 });
    const sparse = roofline({ flops: 1e9, bytes: 4e9, formula: '' }, 1, ceilings, 2);
    expect(sparse).toEqual({ gflops: 1, ceilingGflops: 5 });
  });

  it('uses the ceilings of the GPU, if known, for work that runs there', () => {
    const onGpu = { ...ceilings, device: { multiplyAdd: 1000, copy: 100 } };
    const dense = { flops: 1e12, bytes: 1e9, formula: '' };
    expect(roofline(dense, 2, onGpu, undefined)).toEqual({ gflops: 500, ceilingGflops: 1000 });
    const sparse = { flops: 1e9, bytes: 1e9, formula: '' };
    expect(roofline(sparse, 1, onGpu, undefined).ceilingGflops).toBe(100);
    expect(roofline(dense, 1, onGpu, 1).ceilingGflops).toBe(10);
    expect(roofline({ flops: 1e9, bytes: 1, formula: '' }, 1, ceilings, undefined).ceilingGflops).toBeNull();
  });

  it.each([
    [undefined, 'WebAssembly SIMD, 1 thread', 1],
    [undefined, 'WebAssembly SIMD, 8 threads', 8],
    [undefined, 'NVIDIA H200 (Vulkan)', undefined],
    ['javascript', 'NVIDIA H200 (Vulkan)', 1],
    ['tensorflow', 'WebAssembly SIMD, 8 threads', 1],
    ['tensorflow', 'NVIDIA H200 (Vulkan)', undefined],
  ] as const)('threads of work by %s with %s', (by, device, threads) => {
    expect(threadsOf({ by }, device)).toBe(threads);
  });
});
