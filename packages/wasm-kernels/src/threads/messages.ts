import type { KernelName, KernelGlobals } from '../kernels.ts';

/** Messages to a thread. */
export type ToThread =
  /** Prepare to work in a memory, with these globals from now on. */
  | {
      readonly kind: 'open';
      readonly id: number;
      readonly module: WebAssembly.Module;
      readonly memory: WebAssembly.Memory;
      readonly globals: KernelGlobals;
    }
  /** Call a kernel with 0, 1, 2 ... below `count`, sharing the numbers out with the other threads. */
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly job: number;
      readonly kernel: KernelName;
      readonly count: number;
      readonly args: readonly number[];
    }
  /** End, when the present call is over. */
  | { readonly kind: 'end' };

/** A thread's answer to `run`: it has no more to do, or the reason why it failed. */
export interface FromThread {
  readonly job: number;
  readonly problem?: string;
}

/** Words of a memory through which threads divide their work. */
export const CONTROL = {
  /** The next number that no thread has taken. */
  next: 0,
  /** Not 0 when all threads must stop before their next call. */
  stop: 1,
  /** How many threads have no more to do; threads that failed do not count. */
  finished: 2,
} as const;
/** Address of these words: at the end of the first page, which begins with the kernels' constants. */
export const CONTROL_OFFSET = 0x10000 - 64;
