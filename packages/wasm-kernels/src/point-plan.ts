import type { Matrix } from '@shoal/core';
import type { PointSettings } from './kernels.ts';
import type { Layout } from './memory-layout.ts';

/** Most parts that rows are dealt to when they are summed up: the same for any number of threads. */
const MOST_SLOTS = 32;
const ROWS_PER_SLOT = 512;

/** Shape of the points in a session's memory, and where they and what goes with them lie. */
export interface PointPlan {
  /** What the kernels' values are multiplied by to give the matrix's. */
  readonly unit: number;
  /** Parts the rows are dealt to when they are summed up. */
  readonly slots: number;
  readonly settings: PointSettings;
}

export interface PointPlanOptions {
  readonly isWeighted: boolean;
  /** Whether bytes enter the arithmetic as they are, in units of the matrix's scale, or are scaled when read. */
  readonly rawBytes: boolean;
  /** Whether |x - shift|^2 of each row is kept. */
  readonly keepsNorms: boolean;
}

/** Plans the points, first of all in the layout. */
export function planPoints(
  { rows, columns, data, scale }: Matrix,
  layout: Layout,
  { isWeighted, rawBytes, keepsNorms }: PointPlanOptions,
): PointPlan {
  // A scale of 0 cannot be divided out of the centroids, so such bytes become floats, all 0.
  const isBytes = data instanceof Uint8Array && scale !== 0;
  const isRaw = isBytes && rawBytes;
  // Kernels read whole vectors, at the end of the last row also beyond it.
  const points = layout.reservePoints((isBytes ? 1 : 4) * rows * columns + 16);
  const slotRows = Math.max(ROWS_PER_SLOT, Math.ceil(rows / MOST_SLOTS));
  const slots = Math.ceil(rows / slotRows);
  const slotRow = layout.reserveEach(slots, 4 * columns + 16);
  return {
    unit: isRaw ? scale : 1,
    slots,
    settings: {
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
