import { gatherRowsGrid, gatherRowsKernel, gatherRowsParams } from '../kernels/rows/gather-rows.ts';
import { pointConstants } from './access.ts';
import { Commands } from '../runtime/dispatch.ts';
import { bindKernel } from '../runtime/pipeline-cache.ts';
import type { PointResources } from './resources.ts';
import { TemporaryBuffers } from './temporary-buffers.ts';

/** Bytes of rows that are gathered at a time. */
const BATCH_BYTES = 64 * 2 ** 20;

/** Gathers points by row index on the device; the caller releases the buffer (rows.length x D float32). */
export async function gatherOnDevice(
  resources: PointResources,
  commands: Commands,
  rows: Uint32Array,
): Promise<{ readonly buffer: GPUBuffer; release(): void }> {
  const { context, scope, points } = resources;
  const { format, columns, chunks } = points;
  const pipeline = await context.pipelines.get(gatherRowsKernel(format), pointConstants(points));
  const temporary = new TemporaryBuffers(scope);
  const { buffer, bound } = await context.guard('gathering rows', () => {
    const output = temporary.storage('gathered rows', 4 * rows.length * columns);
    const indices = temporary.upload('row indices', rows);
    const bind = (chunk: (typeof chunks)[number]): ReturnType<typeof bindKernel> =>
      bindKernel(context.device, pipeline, {
        points: chunk.slice,
        rows: indices,
        output,
        params: temporary.uniform('gather-rows', gatherRowsParams(chunk, columns, rows.length)),
      });
    // If points are streamed, other chunks would be copied to the device without need.
    const wanted = chunks.filter(({ start, rows: count }) =>
      rows.some((row) => row >= start && row < start + count),
    );
    return { buffer: output, bound: wanted.map(bind) };
  });
  for (const each of bound) {
    await commands.dispatch(each, gatherRowsGrid(columns, rows.length), rows.length * columns);
  }
  return {
    buffer,
    release() {
      temporary.release();
    },
  };
}

/** Copies points to the host by row index, row-major (rows.length x D). */
export async function readRows(resources: PointResources, rows: Uint32Array): Promise<Float32Array> {
  const { columns } = resources.points;
  const out = new Float32Array(rows.length * columns);
  const batch = Math.max(1, Math.floor(BATCH_BYTES / (4 * columns)));
  for (let start = 0; start < rows.length; start += batch) {
    const part = rows.subarray(start, start + batch);
    const commands = new Commands(resources.context, 'reading rows', resources.signal);
    const gathered = await gatherOnDevice(resources, commands, part);
    try {
      const size = 4 * part.length * columns;
      const bytes = await commands.read(resources.scope, { buffer: gathered.buffer, offset: 0, size });
      out.set(new Float32Array(bytes), start * columns);
    } finally {
      gathered.release();
    }
  }
  return out;
}
