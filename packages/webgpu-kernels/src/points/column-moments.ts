import type { ColumnMoments } from '@shoal/core/engine-kit';
import { sumBlocksGrid, sumBlocksKernel, sumBlocksParams } from '../kernels/common/sum-blocks.ts';
import {
  columnMomentsGrid,
  columnMomentsKernel,
  columnMomentsParams,
} from '../kernels/rows/column-moments.ts';
import { pointConstants } from './access.ts';
import { wholeBuffer } from '../runtime/buffers.ts';
import { Commands } from '../runtime/dispatch.ts';
import { bindKernel, type BoundKernel } from '../runtime/pipeline-cache.ts';
import { readRows } from './row-reader.ts';
import { TemporaryBuffers } from './temporary-buffers.ts';
import type { PointResources } from './resources.ts';

const MAX_BLOCKS = 128;
const MIN_ROWS_PER_BLOCK = 64;

/**
 * Weighted mean and population variance of each column, in two passes over the points: the first about the first row, which
 * gives the mean, the second about that mean, so that no digits cancel (the corrected two-pass algorithm; Chan, Golub &
 * LeVeque, The American Statistician 37(3), 1983).
 */
export async function columnMoments(resources: PointResources): Promise<ColumnMoments> {
  const { columns } = resources.points;
  const total = resources.totalWeight;
  const pass = await createPass(resources);
  try {
    let shift = await readRows(resources, Uint32Array.of(0));
    let sums = await pass.run(shift);
    shift = shift.map((origin, j) => origin + sums[j] / total);
    sums = await pass.run(shift);
    const mean = Float64Array.from(shift, (origin, j) => origin + sums[j] / total);
    const variance = Float64Array.from(shift, (_, j) => {
      const offset = sums[j] / total;
      return Math.max(0, sums[columns + j] / total - offset * offset);
    });
    return { mean, variance };
  } finally {
    pass.release();
  }
}

/** One pass over the points: sums of x - shift (D values), then of its square (D values). */
interface MomentPass {
  run(shift: Float32Array): Promise<Float32Array>;
  release(): void;
}

async function createPass(resources: PointResources): Promise<MomentPass> {
  const { context, scope, points, weights, weighted, signal } = resources;
  const { format, columns, chunks } = points;
  const blocks = Math.min(MAX_BLOCKS, Math.ceil(chunks[0].rows / MIN_ROWS_PER_BLOCK));
  const constants = { weighted, ...pointConstants(points) };
  const moments = await context.pipelines.get(columnMomentsKernel(format), constants);
  const sumBlocks = await context.pipelines.get(sumBlocksKernel);
  const temporary = new TemporaryBuffers(scope);
  const made = await context.guard('preparing column moments', () => {
    const origin = temporary.storage('shift', 4 * columns);
    const partials = temporary.storage('partial moments', 8 * columns * blocks);
    const totals = temporary.storage('moments', 8 * columns);
    const bound: BoundKernel[] = chunks.map((chunk, i) => {
      const params = columnMomentsParams(chunk, columns, blocks, i > 0);
      return bindKernel(context.device, moments, {
        points: chunk.slice,
        weights,
        shift: origin,
        partials,
        params: temporary.uniform('column-moments', params),
      });
    });
    const sum = bindKernel(context.device, sumBlocks, {
      partials,
      totals,
      params: temporary.uniform('sum-blocks', sumBlocksParams(2 * columns, blocks)),
    });
    return { origin, totals, bound, sum };
  });
  return {
    async run(shift) {
      const commands = new Commands(context, 'computing column moments', signal);
      await context.guard('computing column moments', () => {
        scope.write(made.origin, shift);
      });
      for (const [i, each] of made.bound.entries()) {
        const cost = chunks[i].rows * columns;
        await commands.dispatch(each, columnMomentsGrid(columns, blocks), cost);
      }
      await commands.dispatch(made.sum, sumBlocksGrid(2 * columns));
      return new Float32Array(await commands.read(scope, wholeBuffer(made.totals)));
    },
    release() {
      temporary.release();
    },
  };
}
