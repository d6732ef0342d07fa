import type { Matrix } from '@shoal/core';
import type { SessionOptions } from '@shoal/core/engine-kit';
import { FACTOR_WIDTH, TILE_ROWS, type ProductGlobals, type ProductThreadGlobals } from '../kernels.ts';
import { MemoryLayout, roomsOf } from '../memory-layout.ts';
import { planPoints, type PointPlan } from '../point-plan.ts';
import { planSlots, type SlotPlan } from '../slots.ts';
import { rowsPerCall, threadsFor, type WorkOptions } from '../work.ts';

/** Rows whose products are computed before they are copied out. */
const TABLE_ROWS = 8192;
const MIN_CALLS = 32;

/** Where the arrays of a product session are, and how its work is divided. */
export interface ProductPlan {
  readonly layout: MemoryLayout;
  readonly points: PointPlan;
  readonly threads: number;
  readonly slots: SlotPlan;
  readonly tableRows: number;
  readonly globals: ProductGlobals;
  readonly globalsOf: (thread: number) => ProductGlobals & ProductThreadGlobals;
}

export function planProducts(source: Matrix, { weights }: SessionOptions, work: WorkOptions): ProductPlan {
  const { rows, columns } = source;
  const layout = new MemoryLayout();
  const points = planPoints(source, layout, { isWeighted: weights !== undefined });
  const operations = FACTOR_WIDTH * columns;
  const threads = threadsFor(rows * operations, work);
  const paddedColumns = 4 * Math.ceil(columns / 4);
  const gramBytes = 8 * FACTOR_WIDTH * paddedColumns;
  const pointBytes = (points.globals.isBytes ? 1 : 4) * rows * columns;
  const slots = planSlots(rows, pointBytes, gramBytes, rowsPerCall(rows, 2 * operations, TILE_ROWS, 1));
  const tableRows = Math.min(rows, TABLE_ROWS);
  const grams = layout.reserveEach(slots.slots, gramBytes);
  const rooms = {
    blockPoints: layout.reserveEach(threads, 4 * TILE_ROWS * paddedColumns),
    blockProducts: layout.reserveEach(threads, 4 * TILE_ROWS * FACTOR_WIDTH),
  };
  const globals = {
    ...points.globals,
    chunkRows: rowsPerCall(tableRows, operations, TILE_ROWS, MIN_CALLS),
    factor: layout.reserve(4 * FACTOR_WIDTH * columns),
    productTable: layout.reserve(4 * FACTOR_WIDTH * (tableRows + 3)),
    gramRows: slots.rowsPerSlot,
    gramPart: slots.rowsPerPart,
    grams: grams.start,
    gramBytes: grams.bytes,
  };
  return {
    layout,
    points,
    threads,
    slots,
    tableRows,
    globals,
    globalsOf: (thread) => ({ ...globals, ...roomsOf(rooms, thread) }),
  };
}
