import { describe, expect, it } from 'vitest';
import type { Contender, Workload } from './bench-case.ts';
import { PeerError } from './errors.ts';
import { buildRow, ratioToBestPeer } from './build-row.ts';
import { contender } from './testing/reports.ts';

const workload: Workload = {
  name: 'small',
  parameters: { rows: 10 },
  quality: { name: 'inertia', tolerance: 1e-4 },
  work: { flops: 2e9, bytes: 1e9, formula: 'x' },
  timed: 'run',
  repetitions: 3,
  target: 1,
  prepare: () => Promise.reject(new Error('not called')),
};
const pair = { oneThread: 10, allThreads: 20 };
const ceilings = { threads: 2, multiplyAdd: pair, fusedMultiplyAdd: null, copy: pair, device: null };

function rowOf(qualities: readonly number[], failed?: string) {
  const names = ['shoal', 'slow', 'quick'];
  const samples = names.map((name, i) => {
    const seconds = [[0.5], [2], [1]][i];
    const run = { seconds: seconds[0], iterations: 7, quality: async () => 0 };
    const role = i === 0 ? 'ours' : 'peer';
    const one: Contender = { name, role, dtype: 'float32', run: async () => run };
    return { contender: one, seconds, last: name === failed ? new PeerError('no such option') : run };
  });
  const device = 'WebAssembly SIMD, 1 thread';
  return buildRow({
    benchCase: { name: 'kmeans-fit' },
    workload,
    warmUp: 1,
    samples,
    qualities,
    kernels: names.map((kernel) => [{ kernel, dispatches: 2, milliseconds: 0.5, flops: 1e6 }]),
    notes: [],
    ceilings,
    device,
  });
}

describe('buildRow', () => {
  it('reports milliseconds, the ratio to the fastest peer and the share of the ceiling', () => {
    const row = rowOf([100, 100, 100]);
    expect(row.ratio).toEqual({ value: 0.5, peer: 'quick' });
    expect(row.contenders.map(({ median }) => median)).toEqual([500, 2000, 1000]);
    // 2 GFLOP in half a second; one thread copies 10 GB/s, at 2 FLOP a byte, but multiplies 10 GFLOP/s.
    expect(row.contenders[0]).toMatchObject({ gflops: 4, ceilingGflops: 10, iterations: 7 });
    expect(row.contenders[1]).toMatchObject({ gflops: null });
    expect(row.target).toBe(1);
    const kernel = { kernel: 'shoal', dispatches: 2, milliseconds: 0.5, flops: 1e6, bytes: null };
    expect(row.contenders[0].kernels).toEqual([kernel]);
  });

  it('shows no times of a refused peer and uses the next one for the ratio', () => {
    const row = rowOf([100, 100, 101]);
    expect(row.contenders[2]).toMatchObject({ samples: [], median: null, quality: 101 });
    expect(row.contenders[2].refused).toContain('inertia');
    expect(row.ratio).toEqual({ value: 0.25, peer: 'slow' });
  });

  it('shows no times and no ratio at all when the result of Shoal is wrong', () => {
    const row = rowOf([90, 100, 100]);
    expect(row.contenders.every(({ samples, refused }) => samples.length === 0 && refused !== null)).toBe(
      true,
    );
    expect(row.ratio).toBeNull();
  });
});

describe('a peer that failed', () => {
  it('is named with its reason, and does not affect the others', () => {
    const row = rowOf([100, 100, NaN], 'quick');
    expect(row.contenders[2]).toMatchObject({ samples: [], refused: 'it failed: no such option' });
    expect(row.contenders[0].median).toBe(500);
    expect(row.ratio?.peer).toBe('slow');
  });
});

describe('ratioToBestPeer', () => {
  it('leaves out baselines and other variants of Shoal', () => {
    const shoal = contender({ name: 'shoal', role: 'ours', median: 10 });
    const bytes = contender({ name: 'bytes', role: 'ours', median: 5 });
    const floor = contender({ name: 'floor', role: 'baseline', median: 1 });
    expect(ratioToBestPeer([shoal, bytes, floor])).toBeNull();
    const peer = contender({ name: 'peer', role: 'peer', median: 20 });
    expect(ratioToBestPeer([shoal, bytes, floor, peer])).toEqual({ value: 0.5, peer: 'peer' });
  });
});
