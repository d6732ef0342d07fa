import type { Matrix } from '@shoal/core';
import type { PointGlobals } from './kernels.ts';
import type { MemoryLayout } from './memory-layout.ts';

/** The most parts that rows are divided into for sums: the same for any number of threads. */
const MAX_SLOTS = 32;
const ROWS_PER_SLOT = 512;

/** Shape of the points in a session's memory, and where they and their weights, labels and sums are. */
export interface PointPlan {
  /** The factor from the values of the kernels to those of the matrix. */
  readonly unit: number;
  /** The parts that the rows are divided into for sums. */
  readonly slots: number;
  readonly globals: PointGlobals;
}

export interface PointPlanOptions {
  readonly isWeighted: boolean;
  /**
   * Whether kernels compute with unscaled bytes, in units of the matrix's scale; otherwise bytes are scaled when they are
   * read, the default.
   */
  readonly rawBytes?: boolean;
  /** Whether |x - shift|^2 of each row is kept; default false. */
  readonly keepsNorms?: boolean;
}

/** Plans the points; they come first in the memory. */
export function planPoints(
  { rows, columns, data, scale }: Matrix,
  layout: MemoryLayout,
  { isWeighted, rawBytes = false, keepsNorms = false }: PointPlanOptions,
): PointPlan {
  // Centroids cannot be divided by a scale of 0, so such bytes become floats, all 0.
  const isBytes = data instanceof Uint8Array && scale !== 0;
  const isRaw = isBytes && rawBytes;
  // Kernels read whole vectors, also beyond the end of the last row.
  const points = layout.reservePoints((isBytes ? 1 : 4) * rows * columns + 16);
  const slotRows = Math.max(ROWS_PER_SLOT, Math.ceil(rows / MAX_SLOTS));
  const slots = Math.ceil(rows / slotRows);
  const slotRow = layout.reserveEach(slots, 4 * columns + 16);
  return {
    unit: isRaw ? scale : 1,
    slots,
    globals: {
      rows,
      columns,
      isBytes,
      scale: isBytes && !isRaw ? scale : 1,
      points,
      shift: layout.reserve(4 * columns + 16),
      weights: isWeighted ? layout.reserve(4 * rows) : 0,
      labels: layout.reserve(4 * rows),
      norms: keepsNorms ? layout.reserve(4 * rows) : 0,
      slotRows,
      slotSums: layout.reserve(8 * slots * (columns + 1)),
      slotSquares: layout.reserve(8 * slots * (columns + 2)),
      slotRanges: layout.reserve(8 * slots * columns),
      slotRow: slotRow.start,
      slotRowBytes: slotRow.bytes,
    },
  };
}
