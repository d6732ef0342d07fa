import { tiledGrid, type TiledQueries, type TiledSlice } from '../../kernels/spanning/tiled-queries.ts';
import { pointConstants } from '../../points/access.ts';
import type { PointResources } from '../../points/resources.ts';
import { gatherOnDevice } from '../../points/row-reader.ts';
import { TemporaryBuffers } from '../../points/temporary-buffers.ts';
import type { DispatchWork } from '../../runtime/dispatch-work.ts';
import { Commands, type Dispatch } from '../../runtime/dispatch.ts';
import type { Kernel } from '../../runtime/kernel.ts';
import { bindKernel } from '../../runtime/pipeline-cache.ts';
import { planSearch, type SearchPlan } from '../neighbors/plan.ts';

/** What is computed of each row by comparing it with all points. */
export interface RowComparison {
  /** Its bindings: `points`, `queries`, those of `buffers`, `results` by the name in `result`, and `slice`. */
  readonly kernel: Kernel;
  /** The binding of the results, and the 32-bit words of one. */
  readonly result: string;
  readonly words: number;
  /** Uploads what else the kernel reads, for a block of the rows. */
  readonly buffers: (temporary: TemporaryBuffers, rows: Uint32Array) => Readonly<Record<string, GPUBuffer>>;
  readonly slice: (queries: TiledQueries, slice: TiledSlice) => ArrayBuffer;
  readonly work: (queries: TiledQueries, candidates: number, valueBytes: number) => DispatchWork;
  /** Takes one result of a row; there is one for each part of the points. `at` is the row's place among the rows. */
  readonly take: (at: number, result: Uint32Array) => void;
}

/** Compares some rows with all points, in blocks and slices that the device can take. */
export async function compareRows(
  resources: PointResources,
  rows: Uint32Array,
  comparison: RowComparison,
): Promise<void> {
  if (rows.length === 0) return;
  const { points, context } = resources;
  const plan = planSearch(context, {
    queries: rows.length,
    rows: points.rows,
    columns: points.columns,
    neighbors: 1,
  });
  for (let first = 0; first < rows.length; first += plan.block) {
    await compareBlock(resources, rows.subarray(first, first + plan.block), plan, {
      ...comparison,
      take: (at, result) => {
        comparison.take(first + at, result);
      },
    });
  }
}

async function compareBlock(
  resources: PointResources,
  rows: Uint32Array,
  { parts, slice }: SearchPlan,
  comparison: RowComparison,
): Promise<void> {
  const { context, scope, points, signal } = resources;
  const { kernel, result, words } = comparison;
  const { columns } = points;
  const pipeline = await context.pipelines.get(kernel, pointConstants(points));
  const commands = new Commands(context, 'comparing rows', signal);
  const gathered = await gatherOnDevice(resources, commands, rows);
  const temporary = new TemporaryBuffers(scope);
  try {
    const queries = { queries: rows.length, columns, parts };
    const size = 4 * words * rows.length * parts;
    const { results, dispatches } = await context.guard('preparing a comparison of rows', () => {
      const results = temporary.storage('results of rows', size);
      const buffers = comparison.buffers(temporary, rows);
      const dispatches: Dispatch[] = [];
      for (const chunk of points.chunks) {
        for (let first = 0; first < chunk.rows; first += slice) {
          const end = Math.min(chunk.rows, first + slice);
          const fresh = dispatches.length === 0;
          const packed = comparison.slice(queries, { chunkStart: chunk.start, first, end, fresh });
          dispatches.push({
            bound: bindKernel(context.device, pipeline, {
              ...buffers,
              points: chunk.slice,
              queries: gathered.buffer,
              [result]: results,
              slice: temporary.uniform('slice', packed),
            }),
            grid: tiledGrid(queries),
            cost: rows.length * columns * (end - first),
            work: comparison.work(queries, end - first, points.format === 'u8' ? 1 : 4),
          });
        }
      }
      return { results, dispatches };
    });
    await commands.dispatchAll(dispatches);
    const all = new Uint32Array(await commands.read(scope, { buffer: results, offset: 0, size }));
    for (let at = 0; at < rows.length * parts; at++) {
      comparison.take(Math.floor(at / parts), all.subarray(at * words, (at + 1) * words));
    }
  } finally {
    temporary.release();
    gathered.release();
  }
}
