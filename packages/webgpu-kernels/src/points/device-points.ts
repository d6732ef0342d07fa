import {
  DeviceError,
  ShapeError,
  StateError,
  UnsupportedError,
  type DeviceMatrix,
  type Matrix,
  type Points,
} from '@shoal/core';
import { wholeBuffer, type BufferScope, type BufferSlice } from '../runtime/buffers.ts';
import type { DeviceContext } from '../runtime/device.ts';
import { Slot, StreamedPart } from '../runtime/streamed-part.ts';
import type { PointFormat } from './access.ts';

/** Name of the engine in `DeviceMatrix.engine`. */
export const ENGINE_NAME = 'webgpu';

/**
 * Rows of every chunk but the last are a multiple of this, so that any per-row array of 4-byte elements, and
 * the points themselves, can be bound at a chunk's start (bindings start at multiples of 256 bytes).
 */
const ROW_ALIGNMENT = 64;

/** A range of rows that is small enough for one binding and one short submit. */
export interface PointChunk {
  /** The buffer range with the rows' values. */
  readonly slice: BufferSlice;
  /** First row. */
  readonly start: number;
  /** Number of rows. */
  readonly rows: number;
}

/** Points resident on the device, in chunks of rows. */
export interface DevicePoints {
  readonly format: PointFormat;
  /** Factor from a stored byte to its value; 1 for `f32`, whose values are already scaled. */
  readonly scale: number;
  readonly rows: number;
  readonly columns: number;
  readonly chunks: readonly PointChunk[];
}

/** The context of each matrix: its buffer can only be used on that device. */
const homes = new WeakMap<DeviceMatrix, DeviceContext>();

/**
 * Wraps a buffer of `rows * columns` float32 values, row-major, as a matrix the WebGPU engine can read.
 * The buffer needs the usages `STORAGE` and, to be downloaded, `COPY_SRC`.
 *
 * @param context context of the buffer's device
 * @param release frees the values when the matrix is destroyed; by default the buffer is destroyed
 * @throws {ShapeError} when the buffer is too small for the shape
 */
export function deviceMatrix(
  context: DeviceContext,
  buffer: GPUBuffer,
  rows: number,
  columns: number,
  release: () => void = () => {
    buffer.destroy();
  },
): DeviceMatrix {
  const needed = rows * columns * 4;
  if (!(needed > 0) || buffer.size < needed) {
    throw new ShapeError(
      `A ${rows} x ${columns} float32 matrix needs ${needed} bytes, and at least 4; the buffer has ${buffer.size}.`,
    );
  }
  let destroyed = false;
  const points: DeviceMatrix = {
    location: 'device',
    engine: ENGINE_NAME,
    rows,
    columns,
    get handle(): GPUBuffer {
      if (destroyed) throw new StateError('This device matrix was destroyed; upload or compute it again.');
      return buffer;
    },
    destroy(): void {
      if (destroyed) return;
      destroyed = true;
      release();
    },
    [Symbol.dispose](): void {
      this.destroy();
    },
  };
  homes.set(points, context);
  return points;
}

/**
 * The buffer of a device matrix.
 *
 * @throws {UnsupportedError} when the matrix belongs to another engine or device
 * @throws {DeviceError} when its device was lost, and the matrix with it
 */
export function deviceBuffer(points: DeviceMatrix, { device }: DeviceContext): GPUBuffer {
  if (points.engine !== ENGINE_NAME) {
    throw new UnsupportedError(
      `These points are on the engine "${points.engine}"; download them first to use the WebGPU engine.`,
    );
  }
  const home = homes.get(points);
  if (home?.lost !== undefined) {
    throw new DeviceError('lost', `These points were on a GPU device that was lost (${home.lost}).`);
  }
  if (home !== undefined && home.device !== device) {
    throw new UnsupportedError(
      'These points are on another GPU device; download them first to use this one.',
    );
  }
  return points.handle as GPUBuffer;
}

/**
 * Number of rows per chunk: within the limits of a binding, of 32-bit element indices, and of one submit's budget.
 *
 * @param rowBytes bytes of one row
 * @param rowCost multiply-adds per row of the most expensive kernel that will run over the points
 * @throws {UnsupportedError} when not even 64 rows fit one binding
 */
export function chunkRows(
  limits: Pick<GPUSupportedLimits, 'maxStorageBufferBindingSize' | 'maxBufferSize'>,
  columns: number,
  rowBytes: number,
  rowCost: number,
  budget: number,
): number {
  const bytes = Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize);
  const fitting = Math.floor(Math.min(bytes / rowBytes, (2 ** 32 - 1) / columns));
  if (fitting < ROW_ALIGNMENT) {
    throw new UnsupportedError(
      `${ROW_ALIGNMENT} rows of ${columns} columns take ${rowBytes * ROW_ALIGNMENT} bytes, ` +
        `but this device binds at most ${bytes} at a time; use fewer columns.`,
    );
  }
  const rows = Math.max(ROW_ALIGNMENT, Math.min(fitting, Math.floor(budget / Math.max(1, rowCost))));
  return rows - (rows % ROW_ALIGNMENT);
}

/**
 * Uploads points to the device, chunk by chunk, unless they are there already. Bytes stay bytes; float64 is rounded to
 * float32. Host points that exceed the context's `residentBytes`, or the device's memory, are copied for every pass instead,
 * alternately into two slots.
 *
 * @param rowCost multiply-adds per row of the most expensive kernel that will run over the points
 * @throws {UnsupportedError} when the points are on another engine or exceed a limit
 * @throws {DeviceError} when the device fails or runs out of memory
 */
export async function uploadPoints(
  context: DeviceContext,
  scope: BufferScope,
  points: Points,
  rowCost: number,
  signal?: AbortSignal,
): Promise<DevicePoints> {
  const { rows, columns } = points;
  const bytes = points.location === 'host' && points.data instanceof Uint8Array;
  const format = bytes ? 'u8' : 'f32';
  const rowBytes = columns * (bytes ? 1 : 4);
  const limit = chunkRows(context.device.limits, columns, rowBytes, rowCost, context.submitBudget);
  if (points.location === 'device') {
    const buffer = deviceBuffer(points, context);
    const chunks = cut(rows, limit).map(([start, count]) => {
      const slice = { buffer, offset: start * rowBytes, size: count * rowBytes };
      return { slice, start, rows: count };
    });
    return { format, scale: 1, rows, columns, chunks };
  }
  const source: HostSource = { context, scope, points, rowBytes };
  const chunks =
    (rows * rowBytes <= context.residentBytes
      ? await keepOnDevice(source, cut(rows, limit), signal)
      : undefined) ?? (await streamFromHost(source, limit));
  return { format, scale: bytes ? points.scale : 1, rows, columns, chunks };
}

interface HostSource {
  readonly context: DeviceContext;
  readonly scope: BufferScope;
  readonly points: Matrix;
  readonly rowBytes: number;
}

type Range = readonly [start: number, rows: number];

function cut(rows: number, step: number): Range[] {
  return Array.from({ length: Math.ceil(rows / step) }, (_, i) => [
    i * step,
    Math.min(step, rows - i * step),
  ]);
}

/** @returns undefined, without any buffers, when the device has too little memory */
async function keepOnDevice(
  { context, scope, points }: HostSource,
  ranges: readonly Range[],
  signal: AbortSignal | undefined,
): Promise<PointChunk[] | undefined> {
  const chunks: PointChunk[] = [];
  try {
    for (const [start, rows] of ranges) {
      signal?.throwIfAborted();
      const values = rowValues(points, start, rows);
      const slice = await context.guard('uploading points', () =>
        wholeBuffer(scope.upload('points', values)),
      );
      chunks.push({ slice, start, rows });
    }
    return chunks;
  } catch (error) {
    for (const { slice } of chunks) scope.release(slice.buffer);
    if (error instanceof DeviceError && error.reason === 'out-of-memory') return undefined;
    throw error;
  }
}

/** The most bytes of a slot: enough that the fixed cost of a copy and a submit is small. */
const SLOT_BYTES = 64 * 2 ** 20;

/** Chunks that use two slots alternately. */
async function streamFromHost(
  { context, scope, points, rowBytes }: HostSource,
  limit: number,
): Promise<PointChunk[]> {
  const fitting = Math.floor(SLOT_BYTES / rowBytes / ROW_ALIGNMENT) * ROW_ALIGNMENT;
  const step = Math.min(points.rows, Math.max(ROW_ALIGNMENT, Math.min(limit, fitting)));
  const slots = await context.guard('making room for points', () =>
    [0, 1].map((i) => new Slot(scope.storage(`points, slot ${i}`, step * rowBytes))),
  );
  return cut(points.rows, step).map(([start, rows], i) => {
    const slot = slots[i % slots.length];
    const part = new StreamedPart(slot, (buffer) => {
      scope.write(buffer, rowValues(points, start, rows));
    });
    const size = Math.ceil((rows * rowBytes) / 4) * 4;
    return { slice: { buffer: slot.buffer, offset: 0, size, part }, start, rows };
  });
}

/** Rows in the format of the device. */
function rowValues(points: Matrix, start: number, rows: number): Float32Array | Uint8Array {
  const { data, columns } = points;
  if (data instanceof Uint8Array) return data.subarray(start * columns, (start + rows) * columns);
  return floatRows(points, start, rows);
}

/** Rows as floats with the scale applied: the values that kernels see. */
export function floatRows({ data, columns, scale }: Matrix, start: number, rows: number): Float32Array {
  const part = data.subarray(start * columns, (start + rows) * columns);
  if (part instanceof Float32Array && scale === 1) return part;
  return Float32Array.from(part, (value) => value * scale);
}
