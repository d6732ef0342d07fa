import type { KernelName, KernelSettings } from '../kernels.ts';

/** What a thread is told. */
export type ToThread =
  /** Be ready to work in a memory, with these settings from now on. */
  | {
      readonly kind: 'open';
      readonly id: number;
      readonly module: WebAssembly.Module;
      readonly memory: WebAssembly.Memory;
      readonly settings: KernelSettings;
    }
  /** Call a kernel with 0, 1, 2 ... below `count`, sharing the numbers out with the other threads. */
  | {
      readonly kind: 'run';
      readonly id: number;
      readonly job: number;
      readonly kernel: KernelName;
      readonly count: number;
      readonly args: readonly number[];
    };

/** What a thread answers to `run`: that it has no more to do, or why it had to give up. */
export interface FromThread {
  readonly job: number;
  readonly problem?: string;
}

/** Words of a memory through which threads share their work out. */
export const CONTROL = {
  /** The next number nobody has taken. */
  next: 0,
  /** Not 0 when all threads shall stop before their next call. */
  stop: 1,
  /** How many threads have no more to do; those that had to give up do not count. */
  finished: 2,
} as const;
/** Where these words lie: at the end of the first page, whose beginning holds the kernels' constants. */
export const CONTROL_OFFSET = 0x10000 - 64;
