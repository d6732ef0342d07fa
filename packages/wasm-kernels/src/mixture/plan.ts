import type { Matrix } from '@shoal/core';
import type { GaussianMixtureSessionOptions } from '@shoal/core/engine-kit';
import { TILE_ROWS, type MixtureGlobals, type MixtureThreadGlobals } from '../kernels.ts';
import { MemoryLayout, roomsOf } from '../memory-layout.ts';
import { planPoints, type PointPlan } from '../point-plan.ts';
import { planSlots, type SlotPlan } from '../slots.ts';
import { rowsPerCall, threadsFor, type WorkOptions } from '../work.ts';
import {
  covarianceCount,
  factorLength,
  isTriangular,
  momentLength,
  type MixtureShape,
} from './parameters.ts';

const MIN_CALLS = 32;
/** Values of a table of responsibilities that are computed at a time. */
const TABLE_VALUES = 1 << 18;

/** Where the arrays of a mixture are, and how its work is divided. */
export interface MixturePlan {
  readonly layout: MemoryLayout;
  readonly points: PointPlan;
  readonly shape: MixtureShape;
  readonly threads: number;
  readonly chunks: number;
  readonly slots: SlotPlan;
  readonly tableRows: number;
  readonly globals: MixtureGlobals;
  readonly globalsOf: (thread: number) => MixtureGlobals & MixtureThreadGlobals;
}

export function planMixture(
  source: Matrix,
  { components, covarianceType, weights }: GaussianMixtureSessionOptions,
  work: WorkOptions,
): MixturePlan {
  const { rows, columns } = source;
  const layout = new MemoryLayout();
  const points = planPoints(source, layout, { isWeighted: weights !== undefined });
  const stride = Math.ceil(columns / 4) * 4;
  const shape = { components, columns, stride, covarianceType };
  // An E-step and the statistics cost about the same.
  const operations = 2 * components * columns * (isTriangular(covarianceType) ? columns / 2 : 1);
  const threads = threadsFor(rows * operations, work);

  const momentDoubles = 1 + components + components * stride + covarianceCount(shape) * momentLength(shape);
  const pointBytes = (points.globals.isBytes ? 1 : 4) * rows * columns;
  const slots = planSlots(rows, pointBytes, 8 * momentDoubles, rowsPerCall(rows, operations, TILE_ROWS, 1));
  const moments = layout.reserveEach(slots.slots, 8 * momentDoubles);
  const chunkRows = rowsPerCall(rows, operations / 2, TILE_ROWS, MIN_CALLS);
  const chunks = Math.ceil(rows / chunkRows);
  const tiles = Math.ceil(rows / TILE_ROWS);
  const tableTiles = Math.max(1, Math.min(tiles, Math.floor(TABLE_VALUES / (TILE_ROWS * components))));

  const tileBytes = 4 * TILE_ROWS * stride;
  const rooms = {
    tile: layout.reserveEach(threads, tileBytes),
    tileRows: layout.reserveEach(threads, 4 * 4 * stride),
    differences: layout.reserveEach(threads, tileBytes),
    shares: layout.reserveEach(threads, tileBytes),
    responsibilities: layout.reserveEach(threads, 4 * components * TILE_ROWS),
    logDensities: layout.reserveEach(threads, 8 * components * TILE_ROWS),
    evidence: layout.reserveEach(threads, 8 * TILE_ROWS),
  };
  // Tied components share one factor and one sum: the distance between components is 0 bytes.
  const isTied = covarianceType === 'tied';
  const globals = {
    ...points.globals,
    chunkRows,
    stride,
    components,
    isTriangular: isTriangular(covarianceType),
    means: layout.reserve(4 * components * stride),
    factors: layout.reserve(4 * covarianceCount(shape) * factorLength(shape)),
    factorBytes: isTied ? 0 : 4 * factorLength(shape),
    logConstants: layout.reserve(8 * components),
    logLikelihoods: layout.reserve(4 * rows),
    chunkLikelihood: layout.reserve(8 * Math.max(chunks, tableTiles)),
    responsibilityTable: layout.reserve(4 * components * TILE_ROWS * tableTiles),
    momentRows: slots.rowsPerSlot,
    momentPart: slots.rowsPerPart,
    moments: moments.start,
    momentBytes: moments.bytes,
    secondMomentBytes: isTied ? 0 : 8 * momentLength(shape),
  };
  return {
    layout,
    points,
    shape,
    threads,
    chunks,
    slots,
    tableRows: tableTiles * TILE_ROWS,
    globals,
    globalsOf: (thread) => ({ ...globals, ...roomsOf(rooms, thread) }),
  };
}
