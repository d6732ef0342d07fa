import { DeviceError, StateError } from '@shoal/core';
import { forEachChunk } from '@shoal/core/engine-kit';
import type { KernelName, Kernels, KernelGlobals } from '../kernels.ts';
import { CONTROL, CONTROL_OFFSET, type FromThread } from './messages.ts';
import { spawn, type Thread } from './spawn.ts';

/** A memory that threads work in, and the calling thread's own instance of the kernels. */
export interface SharedBlock {
  /** Identifies the memory; never used twice. */
  readonly id: number;
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
}

/** Calls to divide among threads. */
export interface SharedRun {
  readonly block: SharedBlock;
  /** How many threads take part; the memory is open on these. */
  readonly threads: number;
  readonly kernel: KernelName;
  readonly count: number;
  /** Passed to every call after its number. */
  readonly args: readonly number[];
}

interface Job {
  readonly control: Int32Array;
  /** Threads that have not answered yet. */
  missing: number;
  problem?: string | undefined;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

/** How long the calling thread waits for the others in a loop, without sleeping: waking it again takes about as long. */
const PATIENCE_MS = 0.1;

/**
 * Threads that call kernels side by side. Each has its own instance of the kernels in every memory; each thread takes the
 * next number from a counter in the memory, so a slow thread does not delay the others. The calling thread helps where it
 * may: then work starts at once, and the thread is awake when the others end.
 */
export class ThreadPool {
  readonly #module: WebAssembly.Module;
  readonly #helps: boolean;
  readonly #threads: readonly Thread[];
  readonly #jobs = new Map<number, Job>();
  #lastJob = 0;
  #end: (() => Error) | undefined;

  /** @param threads number of threads, including the calling one if it helps */
  constructor(module: WebAssembly.Module, threads: number, helps: boolean) {
    this.#module = module;
    this.#helps = helps;
    const listener = {
      onMessage: (message: FromThread) => {
        this.#answered(message);
      },
      onDeath: (reason: string) => {
        this.#finish(
          () =>
            new DeviceError(
              'lost',
              `A thread of the wasm engine ended unexpectedly (${reason}); its sessions are lost. Create new ones.`,
            ),
        );
      },
    };
    this.#threads = Array.from({ length: helps ? threads - 1 : threads }, () => spawn(listener));
  }

  /** False after a thread ended unexpectedly or the pool was destroyed. */
  get isAlive(): boolean {
    return this.#end === undefined;
  }

  /** Opens a memory on the first `threads` threads (not counting the calling one), with the globals for each. */
  open({ id, memory }: SharedBlock, threads: number, globalsOf: (thread: number) => KernelGlobals): void {
    this.#assertAlive();
    const module = this.#module;
    this.#others(threads).forEach((thread, i) => {
      thread.post({ kind: 'open', id, module, memory, globals: globalsOf(this.#helps ? i + 1 : i) });
    });
  }

  /**
   * Calls a kernel with 0 to `count - 1`, in any order, on several threads. An aborted signal stops every thread before its
   * next call; the promise settles when all have stopped.
   *
   * @throws {DeviceError} when a thread ends unexpectedly or a kernel traps; then no thread is still running
   * @throws the signal's reason when it is aborted
   */
  async run(run: SharedRun, signal: AbortSignal | undefined): Promise<void> {
    this.#assertAlive();
    signal?.throwIfAborted();
    const control = new Int32Array(run.block.memory.buffer, CONTROL_OFFSET, 3);
    Atomics.store(control, CONTROL.next, 0);
    Atomics.store(control, CONTROL.stop, 0);
    Atomics.store(control, CONTROL.finished, 0);
    const stop = (): void => {
      Atomics.store(control, CONTROL.stop, 1);
    };
    const job = ++this.#lastJob;
    signal?.addEventListener('abort', stop);
    try {
      const others = this.#start(job, control, run);
      if (this.#helps) {
        try {
          await this.#help(control, run);
        } catch (error) {
          stop();
          await others;
          throw error;
        }
      }
      if (Atomics.load(control, CONTROL.finished) < this.#others(run.threads).length) await others;
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#jobs.delete(job);
      if (this.#jobs.size === 0) this.#keepAlive(false);
    }
    signal?.throwIfAborted();
  }

  /** Ends all threads; calls in progress reject. */
  destroy(): void {
    this.#finish(() => new StateError('This wasm engine was destroyed; create a new one.'));
  }

  #others(threads: number): readonly Thread[] {
    return this.#threads.slice(0, this.#helps ? threads - 1 : threads);
  }

  #start(
    job: number,
    control: Int32Array,
    { block, threads, kernel, count, args }: SharedRun,
  ): Promise<void> {
    const others = this.#others(threads);
    const ended = new Promise<void>((resolve, reject) => {
      this.#jobs.set(job, { control, missing: others.length, resolve, reject });
    });
    // The promise may reject while the calling thread still helps.
    ended.catch(() => undefined);
    if (this.#jobs.size === 1) this.#keepAlive(true);
    for (const thread of others) thread.post({ kind: 'run', id: block.id, job, kernel, count, args });
    return ended;
  }

  /** Makes calls on this thread, with the event loop running in between, then waits a moment for the other threads. */
  async #help(control: Int32Array, { block, threads, kernel, count, args }: SharedRun): Promise<void> {
    const call: (index: number, ...args: readonly number[]) => void = block.kernels[kernel];
    const isOver = (): boolean =>
      Atomics.load(control, CONTROL.next) >= count || Atomics.load(control, CONTROL.stop) !== 0;
    // An aborted signal has set `stop`; its reason is thrown when the other threads have stopped, too.
    await forEachChunk(count, 1, undefined, () => {
      if (isOver()) return;
      const index = Atomics.add(control, CONTROL.next, 1);
      if (index < count) call(index, ...args);
    });
    const others = this.#others(threads).length;
    const deadline = performance.now() + PATIENCE_MS;
    while (Atomics.load(control, CONTROL.finished) < others && performance.now() < deadline);
  }

  #answered({ job: number, problem }: FromThread): void {
    const job = this.#jobs.get(number);
    if (job === undefined) return;
    if (problem !== undefined) {
      job.problem = problem;
      Atomics.store(job.control, CONTROL.stop, 1);
    }
    if (--job.missing > 0) return;
    if (job.problem === undefined) job.resolve();
    else job.reject(new DeviceError('internal', `A kernel of the wasm engine failed: ${job.problem}.`));
  }

  #finish(end: () => Error): void {
    if (this.#end) return;
    this.#end = end;
    for (const { control, reject } of this.#jobs.values()) {
      Atomics.store(control, CONTROL.stop, 1);
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
