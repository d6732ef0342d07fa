import { StateError } from '@shoal/core';
import { bufferUsage } from './gpu-constants.ts';
import type { StreamedPart } from './streamed-part.ts';

/** Counts the buffers on a device that Shoal has created and not yet destroyed. */
export class BufferLedger {
  readonly #sizes = new Map<GPUBuffer, number>();
  #bytes = 0;

  /** Number of buffers now. */
  get count(): number {
    return this.#sizes.size;
  }

  /** Bytes of the buffers now. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Creates a buffer and counts it. Call it inside `DeviceContext.guard`, which catches out-of-memory. */
  create(device: GPUDevice, descriptor: GPUBufferDescriptor): GPUBuffer {
    const buffer = device.createBuffer(descriptor);
    this.#sizes.set(buffer, descriptor.size);
    this.#bytes += descriptor.size;
    return buffer;
  }

  /** Destroys a buffer; a second call does nothing. */
  destroy(buffer: GPUBuffer): void {
    const size = this.#sizes.get(buffer);
    if (size === undefined) return;
    this.#sizes.delete(buffer);
    this.#bytes -= size;
    buffer.destroy();
  }
}

/** A range of a buffer that a kernel can bind. */
export interface BufferSlice {
  readonly buffer: GPUBuffer;
  /** In bytes; a multiple of 256 if the slice is bound to a kernel. */
  readonly offset: number;
  /** In bytes. */
  readonly size: number;
  /** The data that must be copied into the buffer before a kernel reads it, if it does not stay there. */
  readonly part?: StreamedPart | undefined;
}

/** The whole of a buffer. */
export function wholeBuffer(buffer: GPUBuffer): BufferSlice {
  return { buffer, offset: 0, size: buffer.size };
}

const roundUp4 = (bytes: number): number => Math.ceil(bytes / 4) * 4;

/** Bytes of one `writeBuffer`, so that the queue's copy of them is small. */
const WRITE_BYTES = 32 * 2 ** 20;

/**
 * The buffers of one session, destroyed together. Create them inside `DeviceContext.guard`.
 */
export class BufferScope {
  readonly #device: GPUDevice;
  readonly #ledger: BufferLedger;
  readonly #owned = new Set<GPUBuffer>();
  #destroyed = false;

  constructor(device: GPUDevice, ledger: BufferLedger) {
    this.#device = device;
    this.#ledger = ledger;
  }

  /** A zero-filled storage buffer that can be copied to and from. Sizes are rounded up to 4 bytes, at least 16. */
  storage(label: string, bytes: number): GPUBuffer {
    return this.#create(
      label,
      bytes,
      bufferUsage.storage | bufferUsage.copySource | bufferUsage.copyDestination,
    );
  }

  /** A storage buffer that starts with the given values. */
  upload(label: string, data: ArrayBufferView): GPUBuffer {
    const buffer = this.storage(label, data.byteLength);
    this.write(buffer, data);
    return buffer;
  }

  /** A uniform buffer with the given parameters; see `defineParams`. */
  uniform(label: string, params: ArrayBuffer): GPUBuffer {
    const buffer = this.#create(label, params.byteLength, bufferUsage.uniform | bufferUsage.copyDestination);
    this.write(buffer, new Uint8Array(params));
    return buffer;
  }

  /** A buffer with any of WebGPU's usage flags. */
  raw(label: string, bytes: number, usage: number): GPUBuffer {
    return this.#create(label, bytes, usage);
  }

  /** A buffer the host can map. */
  staging(label: string, bytes: number): GPUBuffer {
    return this.#create(label, bytes, bufferUsage.mapRead | bufferUsage.copyDestination);
  }

  /**
   * Queues a copy of host values into a buffer; bytes past a multiple of 4 are padded with zeros.
   *
   * @throws {StateError} when the buffers were destroyed
   */
  write(buffer: GPUBuffer, data: ArrayBufferView, offset = 0): void {
    if (this.#destroyed) throw new StateError(`Cannot write to ${buffer.label}: its session was destroyed.`);
    const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    const ownsBytes = bytes.buffer instanceof ArrayBuffer;
    const whole = bytes.length - (bytes.length % 4);
    for (let at = 0; at < whole; at += WRITE_BYTES) {
      const size = Math.min(WRITE_BYTES, whole - at);
      // Dawn in Node.js crashes on shared memory, and another thread could write to it meanwhile.
      const source = ownsBytes ? (bytes as Uint8Array<ArrayBuffer>) : bytes.slice(at, at + size);
      this.#device.queue.writeBuffer(buffer, offset + at, source, ownsBytes ? at : 0, size);
    }
    if (whole < bytes.length) {
      const tail = new Uint8Array(4);
      tail.set(bytes.subarray(whole));
      this.#device.queue.writeBuffer(buffer, offset + whole, tail);
    }
  }

  /** Destroys one buffer before the rest. */
  release(buffer: GPUBuffer): void {
    if (this.#owned.delete(buffer)) this.#ledger.destroy(buffer);
  }

  /** Destroys all buffers; a second call does nothing. */
  destroy(): void {
    this.#destroyed = true;
    for (const buffer of this.#owned) this.#ledger.destroy(buffer);
    this.#owned.clear();
  }

  #create(label: string, bytes: number, usage: number): GPUBuffer {
    if (this.#destroyed) throw new StateError(`Cannot create buffer ${label}: its session was destroyed.`);
    const size = Math.max(16, roundUp4(bytes));
    const buffer = this.#ledger.create(this.#device, { label, size, usage });
    this.#owned.add(buffer);
    return buffer;
  }
}
