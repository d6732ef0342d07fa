import {
  multiplyRowsGrid,
  multiplyRowsKernel,
  multiplyRowsParams,
} from '../../kernels/products/multiply-rows.ts';
import { pointConstants } from '../../points/access.ts';
import type { PointChunk } from '../../points/device-points.ts';
import { Commands } from '../../runtime/dispatch.ts';
import { bindKernel } from '../../runtime/pipeline-cache.ts';
import type { PointResources } from '../../points/resources.ts';
import { TemporaryBuffers } from '../../points/temporary-buffers.ts';
import { rowsPerDispatch } from './row-cost.ts';

/** Bytes of products that are computed at a time. */
const BATCH_BYTES = 64 * 2 ** 20;

/**
 * Rows `start <= i < start + count` of the points minus `shift`, times `right` (D x width), row-major (count x width), in
 * batches that stay within one chunk of points.
 */
export async function multiply(
  resources: PointResources,
  shift: GPUBuffer,
  right: Float32Array,
  width: number,
  start: number,
  count: number,
): Promise<Float32Array> {
  const { context, scope, points } = resources;
  const out = new Float32Array(count * width);
  const fitting = Math.max(1, Math.floor(BATCH_BYTES / (4 * width)));
  const batch = Math.min(fitting, rowsPerDispatch(resources, width));
  const shared = new TemporaryBuffers(scope);
  try {
    const factor = await context.guard('uploading a factor', () => shared.upload('right factor', right));
    for (const chunk of points.chunks) {
      const from = Math.max(start, chunk.start);
      const to = Math.min(start + count, chunk.start + chunk.rows);
      for (let first = from; first < to; first += batch) {
        const last = Math.min(to, first + batch);
        const part = await multiplyPart(resources, shift, factor, width, chunk, first, last);
        out.set(part, (first - start) * width);
      }
    }
    return out;
  } finally {
    shared.release();
  }
}

async function multiplyPart(
  resources: PointResources,
  shift: GPUBuffer,
  right: GPUBuffer,
  width: number,
  chunk: PointChunk,
  first: number,
  last: number,
): Promise<Float32Array> {
  const { context, scope, points, weights, signal } = resources;
  const { columns, format } = points;
  const pipeline = await context.pipelines.get(multiplyRowsKernel(format), pointConstants(points));
  const rows = last - first;
  const size = 4 * rows * width;
  const temporary = new TemporaryBuffers(scope);
  try {
    const made = await context.guard('preparing products', () => {
      const output = temporary.storage('products', size);
      const packed = multiplyRowsParams(chunk.start, first - chunk.start, last - chunk.start, columns, width);
      const params = temporary.uniform('multiply-rows', packed);
      const used = { points: chunk.slice, shift, right, weights, output, params };
      return { output, bound: bindKernel(context.device, pipeline, used) };
    });
    const commands = new Commands(context, 'multiplying rows', signal);
    await commands.dispatch(made.bound, multiplyRowsGrid(rows, width), rows * columns * width);
    return new Float32Array(await commands.read(scope, { buffer: made.output, offset: 0, size }));
  } finally {
    temporary.release();
  }
}
