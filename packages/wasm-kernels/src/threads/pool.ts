import { DeviceError, StateError } from '@shoal/core';
import type { KernelName, KernelSettings } from '../kernels.ts';
import { CONTROL, CONTROL_OFFSET, type FromThread } from './messages.ts';
import { spawn, type Thread } from './spawn.ts';

/** A memory that threads work in. */
export interface SharedBlock {
  /** Tells memories apart; never used twice. */
  readonly id: number;
  readonly memory: WebAssembly.Memory;
}

/** Calls to be shared out. */
export interface SharedRun {
  readonly block: SharedBlock;
  /** How many threads take part; these have been told the memory's settings. */
  readonly threads: number;
  readonly kernel: KernelName;
  readonly count: number;
  /** Passed to every call behind its number. */
  readonly args: readonly number[];
}

interface Job {
  readonly stop: Int32Array;
  /** Threads that have not answered yet. */
  missing: number;
  problem?: string | undefined;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Threads that call kernels side by side. Each has its own instance of the kernels in every memory; numbers are
 * handed out one by one through a counter in the memory, so a thread that is held up holds up no other.
 */
export class ThreadPool {
  readonly #module: WebAssembly.Module;
  readonly #threads: readonly Thread[];
  readonly #jobs = new Map<number, Job>();
  #end: (() => Error) | undefined;

  constructor(module: WebAssembly.Module, threads: number) {
    this.#module = module;
    const listener = {
      onMessage: (message: FromThread) => {
        this.#answered(message);
      },
      onDeath: (reason: string) => {
        this.#finish(
          () =>
            new DeviceError(
              'lost',
              `A thread of the wasm engine died (${reason}); its sessions are lost, create new ones.`,
            ),
        );
      },
    };
    this.#threads = Array.from({ length: threads }, () => spawn(listener));
  }

  /** False once a thread has died or the pool was destroyed. */
  get isAlive(): boolean {
    return this.#end === undefined;
  }

  /** Tells the first `threads` threads the settings that hold in a memory from now on. */
  open({ id, memory }: SharedBlock, threads: number, settingsOf: (thread: number) => KernelSettings): void {
    this.#assertAlive();
    this.#threads.slice(0, threads).forEach((thread, i) => {
      thread.post({ kind: 'open', id, module: this.#module, memory, settings: settingsOf(i) });
    });
  }

  /**
   * Calls a kernel with 0 to `count - 1`, in any order, on several threads. An aborted signal stops every one
   * before its next call; the promise settles when all have stopped.
   *
   * @throws {DeviceError} when a thread dies or a kernel traps; no thread is left running
   * @throws the signal's reason when it is aborted
   */
  async run(
    { block, threads, kernel, count, args }: SharedRun,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    this.#assertAlive();
    signal?.throwIfAborted();
    const control = new Int32Array(block.memory.buffer, CONTROL_OFFSET, 2);
    Atomics.store(control, CONTROL.next, 0);
    Atomics.store(control, CONTROL.stop, 0);
    const stop = (): void => {
      Atomics.store(control, CONTROL.stop, 1);
    };
    signal?.addEventListener('abort', stop);
    try {
      await new Promise<void>((resolve, reject) => {
        this.#jobs.set(block.id, { stop: control, missing: threads, resolve, reject });
        if (this.#jobs.size === 1) this.#keepAlive(true);
        for (const thread of this.#threads.slice(0, threads)) {
          thread.post({ kind: 'run', id: block.id, kernel, count, args });
        }
      });
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#jobs.delete(block.id);
      if (this.#jobs.size === 0) this.#keepAlive(false);
    }
    signal?.throwIfAborted();
  }

  /** Ends all threads; calls in progress reject. */
  destroy(): void {
    this.#finish(() => new StateError('This wasm engine was destroyed; create a new one.'));
  }

  #answered({ id, problem }: FromThread): void {
    const job = this.#jobs.get(id);
    if (job === undefined) return;
    if (problem !== undefined) {
      job.problem = problem;
      Atomics.store(job.stop, CONTROL.stop, 1);
    }
    if (--job.missing > 0) return;
    if (job.problem === undefined) job.resolve();
    else job.reject(new DeviceError('internal', `A kernel of the wasm engine failed: ${job.problem}.`));
  }

  #finish(end: () => Error): void {
    if (this.#end) return;
    this.#end = end;
    for (const { stop, reject } of this.#jobs.values()) {
      Atomics.store(stop, CONTROL.stop, 1);
      reject(end());
    }
    for (const thread of this.#threads) thread.terminate();
  }

  #keepAlive(wanted: boolean): void {
    if (this.isAlive) for (const thread of this.#threads) thread.keepAlive(wanted);
  }

  #assertAlive(): void {
    if (this.#end) throw this.#end();
  }
}
