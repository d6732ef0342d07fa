import type { Work } from '../bench-case.ts';
import type { DeviceCeilings } from '@shoal/webgpu-kernels';
import type { Ceilings as ProcessorCeilings } from './measure-ceilings.ts';

/** The ceilings of the processor, and of the engine's GPU if it has one. */
export interface Ceilings extends ProcessorCeilings {
  readonly device: DeviceCeilings | null;
}

/** How close a time is to the limit of the machine. */
export interface Roofline {
  /** Counted work divided by time. */
  readonly gflops: number;
  /** The greatest speed on this machine for the work's ratio of operations to bytes, GFLOP/s; null when unknown. */
  readonly ceilingGflops: number | null;
}

/**
 * The roofline model (Williams, Waterman & Patterson, CACM 52(4), 2009): the lesser of the arithmetic ceiling and of
 * the memory ceiling.
 *
 * @param seconds time of the work
 * @param threads threads the engine runs on; undefined when the engine does not run on this processor
 */
export function roofline(
  work: Work,
  seconds: number,
  ceilings: Ceilings,
  threads: number | undefined,
): Roofline {
  const gflops = work.flops / seconds / 1e9;
  const intensity = work.flops / work.bytes;
  const { device } = ceilings;
  if (threads === undefined) {
    const ceilingGflops = device === null ? null : Math.min(device.multiplyAdd, device.copy * intensity);
    return { gflops, ceilingGflops };
  }
  const reach = ({ oneThread, allThreads }: Ceilings['copy']): number =>
    Math.min(threads * oneThread, allThreads);
  const { multiplyAdd, fusedMultiplyAdd, copy } = ceilings;
  const arithmetic = Math.max(reach(multiplyAdd), fusedMultiplyAdd === null ? 0 : reach(fusedMultiplyAdd));
  const memory = reach(copy) * intensity;
  return { gflops, ceilingGflops: Math.min(arithmetic, memory) };
}

/**
 * Threads that do the work on this processor; undefined when it is done elsewhere.
 *
 * @param device the engine's description of its device: "WebAssembly SIMD, 2 threads"
 */
export function threadsOf({ by = 'engine' }: Pick<Work, 'by'>, device: string): number | undefined {
  if (by === 'javascript') return 1;
  const found = /\b(\d+) threads?\b/.exec(device)?.[1];
  if (found === undefined) return undefined;
  return by === 'tensorflow' ? 1 : Number(found);
}
