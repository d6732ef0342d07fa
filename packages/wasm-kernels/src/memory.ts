import { DeviceError, StateError, UnsupportedError } from '@shoal/core';
import { forEachChunk } from '@shoal/core/engine-kit';
import {
  configure,
  instantiateKernels,
  type KernelName,
  type Kernels,
  type KernelGlobals,
} from './kernels.ts';
import { MAX_MEMORY_BYTES, type MemoryLayout } from './memory-layout.ts';
import { ThreadPool, type SharedBlock } from './threads/pool.ts';

/**
 * The compiled kernels of an engine, its threads, and its memories. A WebAssembly memory that several threads used is freed
 * only after garbage collection in all of them, and idle threads do not collect garbage. So memories are kept when sessions
 * end and are used by the next sessions, and grow as needed.
 */
export class Runtime {
  readonly threads: number;
  readonly #module: WebAssembly.Module;
  readonly #mayHelp: boolean;
  readonly #idle: SharedBlock[] = [];
  readonly #sessions = new Set<SessionMemory>();
  /** Sessions whose memory is being made. */
  #opening = 0;
  #blocks = 0;
  #pool: ThreadPool | undefined;
  #destroyed = false;

  /** @param mayHelp whether the calling thread is one of the `threads` */
  constructor(module: WebAssembly.Module, threads: number, mayHelp: boolean) {
    this.#module = module;
    this.#mayHelp = mayHelp;
    this.threads = threads;
  }

  /**
   * @param threads how many of the engine's threads work in it; 1 means only the calling thread
   * @throws {UnsupportedError} when the layout exceeds what WebAssembly can address
   * @throws {DeviceError} when the machine has too little memory left
   * @throws {StateError} after `destroy()`, also when it is called before the memory is ready
   */
  async allocate(layout: MemoryLayout, threads: number): Promise<SessionMemory> {
    this.assertAlive();
    const pool = threads > 1 ? this.#livePool() : undefined;
    this.#opening++;
    let block: SharedBlock;
    try {
      block = this.#takeIdle(layout) ?? (await this.#createBlock(layout));
    } finally {
      this.#opening--;
    }
    this.assertAlive();
    const memory = new SessionMemory(block, threads, pool, () => {
      if (this.#sessions.delete(memory) && !this.#destroyed && pool?.isAlive !== false)
        this.#idle.push(block);
    });
    this.#sessions.add(memory);
    return memory;
  }

  /** Frees the memories and ends the threads, which would keep them, unless a session needs them. */
  trim(): void {
    if (this.#sessions.size > 0 || this.#opening > 0) return;
    this.#pool?.destroy();
    this.#pool = undefined;
    this.#idle.length = 0;
  }

  /** Ends all threads and frees all memories. */
  destroy(): void {
    this.#destroyed = true;
    this.#pool?.destroy();
    for (const memory of this.#sessions) memory.free();
    this.#idle.length = 0;
  }

  /** Threads start when they are first needed, and again after one ended unexpectedly. */
  #livePool(): ThreadPool {
    if (this.#pool?.isAlive !== true) {
      this.#pool = new ThreadPool(this.#module, this.threads, this.#mayHelp);
    }
    return this.#pool;
  }

  /** The smallest idle memory that is large enough; otherwise the largest one, grown. */
  #takeIdle(layout: MemoryLayout): SharedBlock | undefined {
    const bySize = this.#idle.sort((a, b) => a.memory.buffer.byteLength - b.memory.buffer.byteLength);
    const fitting = bySize.findIndex(({ memory }) => memory.buffer.byteLength >= layout.bytes);
    const at = fitting >= 0 ? fitting : bySize.length - 1;
    if (at < 0) return undefined;
    const { memory } = bySize[at];
    const missing = layout.pages - memory.buffer.byteLength / 0x10000;
    if (missing > 0) getMemory(layout, () => memory.grow(missing));
    const [block] = this.#idle.splice(at, 1);
    block.kernels.zero(layout.zeroedFrom, layout.bytes - layout.zeroedFrom);
    return block;
  }

  async #createBlock(layout: MemoryLayout): Promise<SharedBlock> {
    const memory = getMemory(
      layout,
      () => new WebAssembly.Memory({ initial: layout.pages, maximum: 0x10000, shared: true }),
    );
    return { id: this.#blocks++, memory, kernels: await instantiateKernels(this.#module, memory) };
  }

  /** @throws {StateError} after `destroy()` */
  assertAlive(): void {
    if (this.#destroyed) throw new StateError('This wasm engine was destroyed; create a new one.');
  }
}

function inMebibytes(bytes: number): string {
  return `${Math.ceil(bytes / 2 ** 20).toLocaleString('en')} MiB`;
}

function getMemory<Result>(layout: MemoryLayout, get: () => Result): Result {
  const size = inMebibytes(layout.bytes);
  if (layout.bytes > MAX_MEMORY_BYTES) {
    throw new UnsupportedError(
      `The wasm engine holds a session in at most 4 GiB, but this one needs ${size}; ` +
        'use fewer rows or columns, bytes instead of floats, or the webgpu engine.',
    );
  }
  try {
    return get();
  } catch (error) {
    throw new DeviceError(
      'out-of-memory',
      `The wasm engine could not get the ${size} of memory that this session needs. Use fewer rows, or the reference engine, or ` +
        'free memory. Where the address space is limited (ulimit -v), raise the limit: V8 reserves about 10 GB of addresses for each session, which take no memory.',
      { cause: error },
    );
  }
}

/** The memory of one session, with the kernels that work in it on this thread and on those of the pool. */
export class SessionMemory {
  /** How many threads work in it. */
  readonly threads: number;
  readonly #pool: ThreadPool | undefined;
  readonly #onFree: () => void;
  #block: SharedBlock | undefined;
  /** All runs use the same counter, so each waits for the one before. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(block: SharedBlock, threads: number, pool: ThreadPool | undefined, onFree: () => void) {
    this.#block = block;
    this.threads = threads;
    this.#pool = pool;
    this.#onFree = onFree;
  }

  /**
   * The kernels of this thread, for work that is too short to share.
   *
   * @throws {StateError} after `free()`
   */
  get kernels(): Kernels {
    return this.#live().kernels;
  }

  /** @throws {StateError} after `free()` */
  assertLive(): void {
    this.#live();
  }

  /**
   * Sets the globals of the kernels on all threads. This thread uses those of thread 0, which never runs at the same time.
   */
  configure(globalsOf: (thread: number) => KernelGlobals): void {
    const block = this.#live();
    configure(block.kernels, globalsOf(0));
    this.#pool?.open(block, this.threads, globalsOf);
  }

  /**
   * Calls a kernel with 0 to `count - 1`, in any order: on all threads, or on this one, where the event loop runs between
   * calls.
   *
   * @throws {StateError} after `free()`
   * @throws {DeviceError} when a thread ends unexpectedly
   * @throws the signal's reason when it is aborted; no call is still running then
   */
  async run(
    kernel: KernelName,
    count: number,
    signal: AbortSignal | undefined,
    ...args: number[]
  ): Promise<void> {
    const block = this.#live();
    const before = this.#last;
    const run = before
      .catch(() => undefined)
      .then(() => {
        this.#live();
        return this.#pool
          ? this.#pool.run({ block, threads: this.threads, kernel, count, args }, signal)
          : runHere(block.kernels, kernel, count, args, signal);
      });
    this.#last = run;
    await run;
    this.#live();
  }

  bytes(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.#live().memory.buffer, pointer, length);
  }

  halfWords(pointer: number, length: number): Uint16Array {
    return new Uint16Array(this.#live().memory.buffer, pointer, length);
  }

  words(pointer: number, length: number): Uint32Array {
    return new Uint32Array(this.#live().memory.buffer, pointer, length);
  }

  floats(pointer: number, length: number): Float32Array {
    return new Float32Array(this.#live().memory.buffer, pointer, length);
  }

  doubles(pointer: number, length: number): Float64Array {
    return new Float64Array(this.#live().memory.buffer, pointer, length);
  }

  integers(pointer: number, length: number): BigInt64Array {
    return new BigInt64Array(this.#live().memory.buffer, pointer, length);
  }

  /** Frees the memory when the calls that run in it have ended. Calling it twice is harmless. */
  free(): void {
    if (this.#block === undefined) return;
    this.#block = undefined;
    void this.#last.catch(() => undefined).then(this.#onFree);
  }

  #live(): SharedBlock {
    if (this.#block === undefined) {
      throw new StateError('This session was destroyed; create a new one.');
    }
    return this.#block;
  }
}

function runHere(
  kernels: Kernels,
  kernel: KernelName,
  count: number,
  args: readonly number[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const call: (index: number, ...args: number[]) => void = kernels[kernel];
  return forEachChunk(count, 1, signal, (index) => {
    call(index, ...args);
  });
}
