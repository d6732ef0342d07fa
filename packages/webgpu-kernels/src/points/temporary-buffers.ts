import type { BufferScope } from '../runtime/buffers.ts';

/** Buffers of one call, freed together when it ends. Create them inside `DeviceContext.guard`. */
export class TemporaryBuffers {
  readonly #scope: BufferScope;
  readonly #buffers: GPUBuffer[] = [];

  constructor(scope: BufferScope) {
    this.#scope = scope;
  }

  /** See `BufferScope.storage`. */
  storage(label: string, bytes: number): GPUBuffer {
    return this.#keep(this.#scope.storage(label, bytes));
  }

  /** See `BufferScope.upload`. */
  upload(label: string, data: ArrayBufferView): GPUBuffer {
    return this.#keep(this.#scope.upload(label, data));
  }

  /** See `BufferScope.uniform`. */
  uniform(label: string, params: ArrayBuffer): GPUBuffer {
    return this.#keep(this.#scope.uniform(label, params));
  }

  /** Frees the buffers. WebGPU first completes submitted work that uses them. */
  release(): void {
    for (const buffer of this.#buffers.splice(0)) this.#scope.release(buffer);
  }

  #keep(buffer: GPUBuffer): GPUBuffer {
    this.#buffers.push(buffer);
    return buffer;
  }
}
