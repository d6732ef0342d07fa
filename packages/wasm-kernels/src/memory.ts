import { DeviceError, StateError, UnsupportedError } from '@shoal/core';
import { instantiateKernels, type Kernels } from './kernels.ts';

const PAGE_BYTES = 0x10000;
/** 32-bit WebAssembly addresses 4 GiB. */
export const MAX_MEMORY_BYTES = 0x100000000;

/** Where a session's arrays go: reserved one after another, then allocated at once. */
export class Layout {
  // The first page belongs to the kernels' own constants.
  #end = PAGE_BYTES;

  /** Reserves aligned, zero-filled room and returns its byte offset. */
  reserve(bytes: number): number {
    const start = this.#end;
    this.#end = Math.ceil((start + bytes) / 16) * 16;
    return start;
  }

  get bytes(): number {
    return this.#end;
  }
}

/** The compiled kernels of an engine and the memories of its living sessions. */
export class Runtime {
  readonly #module: WebAssembly.Module;
  readonly #memories = new Set<SessionMemory>();
  #destroyed = false;

  constructor(module: WebAssembly.Module) {
    this.#module = module;
  }

  /**
   * @throws {UnsupportedError} when the layout exceeds what WebAssembly can address
   * @throws {DeviceError} when the machine has too little memory left
   * @throws {StateError} after `destroy()`, or when that comes before the memory does
   */
  async allocate(layout: Layout): Promise<SessionMemory> {
    this.#assertAlive();
    const buffer = createMemory(layout.bytes);
    const kernels = await instantiateKernels(this.#module, buffer);
    this.#assertAlive();
    const memory = new SessionMemory(buffer, kernels, () => this.#memories.delete(memory));
    this.#memories.add(memory);
    return memory;
  }

  /** Frees all sessions' memories. */
  destroy(): void {
    this.#destroyed = true;
    for (const memory of this.#memories) memory.free();
  }

  #assertAlive(): void {
    if (this.#destroyed) throw new StateError('This wasm engine was destroyed; create a new one.');
  }
}

function createMemory(bytes: number): WebAssembly.Memory {
  if (bytes > MAX_MEMORY_BYTES) {
    throw new UnsupportedError(
      `The wasm engine holds a session in at most 4 GiB, but this one needs ${gibibytes(bytes)}; ` +
        'use fewer rows or columns, bytes instead of floats, or the webgpu engine.',
    );
  }
  const pages = Math.ceil(bytes / PAGE_BYTES);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch (error) {
    throw new DeviceError(
      'out-of-memory',
      `The wasm engine could not get the ${gibibytes(bytes)} of memory this session needs; ` +
        'free memory or use fewer rows.',
      { cause: error },
    );
  }
}

/** The memory of one session with the kernels that work in it. Its size is fixed; its end frees it all. */
export class SessionMemory {
  readonly #onFree: () => void;
  #instance: { readonly memory: WebAssembly.Memory; readonly kernels: Kernels } | undefined;

  constructor(memory: WebAssembly.Memory, kernels: Kernels, onFree: () => void) {
    this.#instance = { memory, kernels };
    this.#onFree = onFree;
  }

  /** @throws {StateError} after `free()` */
  get kernels(): Kernels {
    return this.#live().kernels;
  }

  /** @throws {StateError} after `free()` */
  assertLive(): void {
    this.#live();
  }

  bytes(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.#live().memory.buffer, pointer, length);
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

  /** Lets go of the memory. Calling it twice is harmless. */
  free(): void {
    this.#instance = undefined;
    this.#onFree();
  }

  #live(): { readonly memory: WebAssembly.Memory; readonly kernels: Kernels } {
    if (this.#instance === undefined) {
      throw new StateError('This session was destroyed; create a new one.');
    }
    return this.#instance;
  }
}

function gibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(1)} GiB`;
}

/** Copies D-wide rows into rows padded to a longer stride, each value times `factor`. */
export function padRows(values: ArrayLike<number>, columns: number, padded: Float32Array, factor = 1): void {
  const rows = values.length / columns;
  const stride = padded.length / rows;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) padded[i * stride + j] = values[i * columns + j] * factor;
  }
}

/** Copies D-wide rows out of rows padded to a longer stride, each value times `factor`. */
export function unpadRows(padded: Float64Array, stride: number, columns: number, factor = 1): Float64Array {
  const rows = padded.length / stride;
  const values = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) values[i * columns + j] = padded[i * stride + j] * factor;
  }
  return values;
}
