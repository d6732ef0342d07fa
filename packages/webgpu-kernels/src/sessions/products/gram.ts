import {
  accumulatePartialsGrid,
  accumulatePartialsKernel,
  accumulatePartialsRun,
} from '../../kernels/products/accumulate-partials.ts';
import { unpackDoubles } from '../../kernels/common/double-float.ts';
import {
  GRAM_SEGMENT,
  gramPartialsGrid,
  gramPartialsKernel,
  gramPartialsParams,
} from '../../kernels/products/gram-partials.ts';
import {
  multiplyRowsGrid,
  multiplyRowsKernel,
  multiplyRowsParams,
} from '../../kernels/products/multiply-rows.ts';
import { pointConstants } from '../../points/access.ts';
import type { PointChunk } from '../../points/device-points.ts';
import { wholeBuffer } from '../../runtime/buffers.ts';
import { Commands, type Dispatch } from '../../runtime/dispatch.ts';
import { bindKernel } from '../../runtime/pipeline-cache.ts';
import { requireBindable, type PointResources } from '../../points/resources.ts';
import { TemporaryBuffers } from '../../points/temporary-buffers.ts';
import { rowsPerDispatch } from './row-cost.ts';

/** The most bytes of the products and the partial results of one block of rows together. */
const SCRATCH_BYTES = 32 * 2 ** 20;

/** The most segments of a block: 16,384 rows. */
const MAX_SEGMENTS = 32;

interface Made {
  readonly right: GPUBuffer;
  readonly totals: GPUBuffer;
  readonly dispatches: readonly Dispatch[];
}

/**
 * Computes (X - 1 s^T)^T W (X - 1 s^T) B for one width of B, with kernels that are bound once. Rows are processed one block
 * at a time: W (X - 1 s^T) B of the block is written to scratch, then its product with the block's rows, by segments of 512.
 * Totals over segments and blocks are double-floats, so that their error does not grow with the number of rows.
 */
export class Gram {
  readonly width: number;
  readonly #resources: PointResources;
  readonly #temporary: TemporaryBuffers;
  readonly #made: Made;

  private constructor(width: number, resources: PointResources, temporary: TemporaryBuffers, made: Made) {
    this.width = width;
    this.#resources = resources;
    this.#temporary = temporary;
    this.#made = made;
  }

  /**
   * @param shift s, D float32 values
   * @throws {UnsupportedError} when the product exceeds a binding limit of the device
   * @throws {DeviceError} when the device fails or runs out of memory
   */
  static async create(resources: PointResources, shift: GPUBuffer, width: number): Promise<Gram> {
    const { context, scope, points } = resources;
    const bindings = {
      'the product': 8 * points.columns * width,
      [`the products of ${GRAM_SEGMENT} rows`]: 4 * GRAM_SEGMENT * width,
    };
    requireBindable(context, bindings, 'ask for fewer columns at a time');
    const temporary = new TemporaryBuffers(scope);
    try {
      return new Gram(width, resources, temporary, await make(resources, temporary, shift, width));
    } catch (error) {
      temporary.release();
      throw error;
    }
  }

  /** @param right B, D x width */
  async run(right: Float32Array): Promise<Float64Array> {
    const { context, scope, signal } = this.#resources;
    const commands = new Commands(context, 'multiplying points', signal);
    await context.guard('uploading a factor', () => {
      scope.write(this.#made.right, right);
    });
    await commands.dispatchAll(this.#made.dispatches);
    const size = 8 * right.length;
    const bytes = await commands.read(scope, { ...wholeBuffer(this.#made.totals), size });
    return unpackDoubles(new Float32Array(bytes));
  }

  release(): void {
    this.#temporary.release();
  }
}

/** Rows per block, limited by the size of scratch and the time of one dispatch. */
function blockRows(resources: PointResources, width: number): number {
  const segmentBytes = 4 * width * (GRAM_SEGMENT + resources.points.columns);
  const segments = Math.max(1, Math.min(MAX_SEGMENTS, Math.floor(SCRATCH_BYTES / segmentBytes)));
  return Math.min(segments * GRAM_SEGMENT, rowsPerDispatch(resources, width));
}

async function make(
  resources: PointResources,
  temporary: TemporaryBuffers,
  shift: GPUBuffer,
  width: number,
): Promise<Made> {
  const { context, points, weights, weighted } = resources;
  const { columns, format, chunks } = points;
  const constants = pointConstants(points);
  const [multiply, gram, accumulate] = await Promise.all([
    context.pipelines.get(multiplyRowsKernel(format), { ...constants, weighted }),
    context.pipelines.get(gramPartialsKernel(format), constants),
    context.pipelines.get(accumulatePartialsKernel),
  ]);
  const elements = columns * width;
  const capacity = Math.min(blockRows(resources, width), chunks[0].rows);
  return context.guard('preparing products', () => {
    const right = temporary.storage('right factor', 4 * elements);
    const products = temporary.storage('products of a block', 4 * capacity * width);
    const partials = temporary.storage('partial products', 4 * Math.ceil(capacity / GRAM_SEGMENT) * elements);
    const totals = temporary.storage('product', 8 * elements);
    const block = (chunk: PointChunk, first: number, overwrite: boolean): readonly Dispatch[] => {
      const end = Math.min(chunk.rows, first + capacity);
      const rows = end - first;
      const segments = Math.ceil(rows / GRAM_SEGMENT);
      const multiplyParams = multiplyRowsParams(chunk.start, first, end, columns, width);
      const gramParams = gramPartialsParams(first, end, columns, width);
      const run = accumulatePartialsRun(elements, segments, overwrite);
      return [
        {
          bound: bindKernel(context.device, multiply, {
            points: chunk.slice,
            shift,
            right,
            weights,
            output: products,
            params: temporary.uniform('multiply-rows', multiplyParams),
          }),
          grid: multiplyRowsGrid(rows, width),
          cost: rows * elements,
        },
        {
          bound: bindKernel(context.device, gram, {
            points: chunk.slice,
            shift,
            products,
            partials,
            params: temporary.uniform('gram-partials', gramParams),
          }),
          grid: gramPartialsGrid(rows, columns, width),
          cost: rows * elements,
        },
        {
          bound: bindKernel(context.device, accumulate, {
            partials,
            totals,
            run: temporary.uniform('accumulate-partials', run),
          }),
          grid: accumulatePartialsGrid(elements),
          cost: segments * elements,
        },
      ];
    };
    const dispatches: Dispatch[] = [];
    for (const chunk of chunks) {
      for (let first = 0; first < chunk.rows; first += capacity) {
        dispatches.push(...block(chunk, first, dispatches.length === 0));
      }
    }
    return { right, totals, dispatches };
  });
}
