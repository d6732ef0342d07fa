import type { BenchContender, BenchReport, BenchRow } from '../report/schema.ts';

/** A contender of a report for tests, with everything that the schema needs. */
export function contender(
  fields: Partial<BenchContender> & Pick<BenchContender, 'name' | 'role'>,
): BenchContender {
  return {
    dtype: 'float32',
    once: false,
    iterations: 30,
    quality: 100,
    refused: null,
    samples: [10, 12, 11],
    median: 11,
    min: 10,
    max: 12,
    gflops: null,
    ceilingGflops: null,
    kernels: [],
    ...fields,
  };
}

export function row(fields: Partial<BenchRow> = {}): BenchRow {
  return {
    case: 'kmeans-fit',
    workload: 'small',
    parameters: { rows: 10, columns: 2, clusters: 3 },
    timed: 'run',
    warmUp: 1,
    quality: { name: 'inertia', tolerance: 1e-4, note: null },
    work: null,
    contenders: [contender({ name: 'shoal', role: 'ours' })],
    ratio: null,
    target: null,
    notes: [],
    unavailable: null,
    failed: false,
    ...fields,
  };
}

export function report(fields: Partial<BenchReport> = {}): BenchReport {
  const pair = { oneThread: 30, allThreads: 60 };
  return {
    schema: 'shoal-bench',
    version: 1,
    date: '2026-11-24T20:00:00.000Z',
    quick: false,
    shoal: { version: '0.1.0', commit: 'abcdef0123456789', dirty: false },
    runtime: { node: '20.20.2', v8: '11.3' },
    engine: {
      name: 'wasm',
      device: 'WebAssembly SIMD, 1 thread',
      software: false,
      features: [],
      reason: 'asked for',
    },
    machine: { processor: 'CPU', cores: 2, memoryBytes: 2 ** 34, system: 'Linux' },
    ceilings: { threads: 2, multiplyAdd: pair, fusedMultiplyAdd: null, copy: pair, device: null },
    peers: [],
    rows: [row()],
    ...fields,
  };
}
