import type { Matrix } from '@shoal/core';
import type { KMeansPartOptions, KMeansSessionOptions } from '@shoal/core/engine-kit';
import { BATCH_ROWS, CANDIDATES, type KMeansGlobals, type KMeansThreadGlobals } from '../kernels.ts';
import { MemoryLayout, roomsOf } from '../memory-layout.ts';
import { planPoints, type PointPlan } from '../point-plan.ts';
import { LEAST_BOUND_BYTES, planBounds, type BoundPlan, type Pruning } from './bound-plan.ts';
import { QUANTIZED_COLUMNS } from './quantization.ts';
import { TUNING_BYTES } from './tuning.ts';
import { rowsPerCall, threadsFor, type WorkOptions } from '../work.ts';

/** The least number of parts to divide among threads, where there are that many batches of rows. */
const MIN_CHUNKS = 64;
/** Rows for which distances to several centroids are tabulated at a time. */
export const TABLE_ROWS = 1024;
/** The sums of all threads together may take this many bytes, or a tenth of the points where that is more. */
const BYTES_OF_SUMS = 64 * 2 ** 20;

/** The options of an engine that a plan of k-means depends on. */
export interface KMeansWorkOptions extends WorkOptions {
  readonly pruning: Pruning;
}

/**
 * The memory that a session may take, relative to that of its points, where these have enough columns to leave room for
 * bounds.
 */
const SHARE_OF_POINTS = 1.3;

/** Where the arrays of a k-means session are, and how its work is divided. */
export interface KMeansPlan {
  readonly layout: MemoryLayout;
  readonly points: PointPlan;
  readonly threads: number;
  /** Whether the first keys are int16. */
  readonly startsQuantized: boolean;
  readonly panels: number;
  readonly chunks: number;
  readonly globals: KMeansGlobals;
  readonly globalsOf: (thread: number) => KMeansGlobals & KMeansThreadGlobals;
}

export function planKMeans(
  source: Matrix,
  options: KMeansSessionOptions | KMeansPartOptions,
  { pruning, ...work }: KMeansWorkOptions,
): KMeansPlan {
  const { clusters, weights } = options;
  const { rows, columns } = source;
  const startsQuantized = columns >= QUANTIZED_COLUMNS;
  const layout = new MemoryLayout();
  const points = planPoints(source, layout, {
    isWeighted: weights !== undefined,
    rawBytes: true,
    keepsNorms: startsQuantized,
  });
  const rowBytes = (points.globals.isBytes ? 1 : 4) * columns;
  const sizes = sizesOf(clusters, columns);
  const affordable = Math.max(BYTES_OF_SUMS, 0.1 * rows * rowBytes) / sizes.sumBytes;
  const threads = Math.max(1, Math.min(threadsFor(rows * columns * clusters, work), Math.floor(affordable)));
  const chunkRows = rowsPerCall(rows, columns * clusters, BATCH_ROWS, MIN_CHUNKS);
  const chunks = Math.ceil(rows / chunkRows);

  const forms = reserveForms(layout, sizes, startsQuantized);
  const rooms = reserveRooms(layout, sizes, threads);
  const fixed = {
    ...points.globals,
    ...forms,
    ...reserveClusters(layout, sizes),
    ...reserveChunks(layout, rows, chunks),
    ...reserveMoments(layout, columns, points.slots),
    ...reserveCandidates(layout, rows, columns, chunks),
    chunkRows,
    clusters,
    preparedBytes: sizes.preparedBytes,
    keyBytes: sizes.keyBytes,
    allSums: rooms.ownSums.start,
    sumThreads: threads,
    sumBytes: rooms.ownSums.bytes,
  };
  const room = (SHARE_OF_POINTS * rows * rowBytes - layout.bytes) / rows;
  const bounds = boundsFor(options, room, pruning);
  const globals = {
    ...fixed,
    ...bounds,
    bounds: bounds.boundBytes > 0 ? layout.reserve(rows * bounds.boundBytes) : 0,
  };
  return {
    layout,
    points,
    threads,
    startsQuantized,
    panels: sizes.panels,
    chunks,
    globals,
    globalsOf: (thread) => ({ ...globals, ...roomsOf(rooms, thread) }),
  };
}

/** Bounds that are not kept until the next visit of a part are not worth their cost. */
function boundsFor(
  options: KMeansSessionOptions | KMeansPartOptions,
  room: number,
  pruning: Pruning,
): BoundPlan {
  const { clusters } = options;
  if (!('isPassing' in options) || options.isPassing !== true) return planBounds(room, clusters, pruning);
  const { boundBytes = 0 } = options;
  return planBounds(boundBytes, clusters, boundBytes < LEAST_BOUND_BYTES ? 'none' : pruning);
}

/** Sizes that follow from a shape. */
interface Sizes {
  readonly clusters: number;
  readonly columns: number;
  /** Groups of four centroids. */
  readonly panels: number;
  /** One thread's sums of all clusters. */
  readonly sumBytes: number;
  /** A centroid in int16. */
  readonly wordBytes: number;
  /** All panels, in int16. */
  readonly quantizedPanelBytes: number;
  /** A row in the form that keys are computed from. */
  readonly preparedBytes: number;
  /** A row's keys. */
  readonly keyBytes: number;
}

function sizesOf(clusters: number, columns: number): Sizes {
  const panels = Math.ceil(clusters / 4);
  const wordBytes = 16 * Math.ceil(columns / 8);
  return {
    clusters,
    columns,
    panels,
    sumBytes: 8 * clusters * (columns + 2),
    wordBytes,
    quantizedPanelBytes: 16 * panels * Math.ceil(columns / 2),
    preparedBytes: Math.max(wordBytes, 4 * columns + 16),
    keyBytes: 4 * Math.max(4 * panels, CANDIDATES),
  };
}

/** The int16 form and the float32 form of the centroids use the same memory, one at a time. */
function reserveForms(layout: MemoryLayout, sizes: Sizes, startsQuantized: boolean) {
  const { clusters, columns, panels, wordBytes, quantizedPanelBytes } = sizes;
  const quantizedBytes = startsQuantized ? quantizedPanelBytes + clusters * wordBytes : 0;
  const forms = layout.reserve(Math.max(16 * panels * columns, quantizedBytes));
  return { panels: forms, centerWords: forms + quantizedPanelBytes };
}

/** Arrays that each thread has for itself. */
function reserveRooms(layout: MemoryLayout, { columns, ...sizes }: Sizes, threads: number) {
  return {
    ownSums: layout.reserveEach(threads, sizes.sumBytes),
    prepared: layout.reserveEach(threads, BATCH_ROWS * sizes.preparedBytes),
    keys: layout.reserveEach(threads, BATCH_ROWS * sizes.keyBytes),
    batchRows: layout.reserveEach(threads, 4 * BATCH_ROWS),
    batchOwnKeys: layout.reserveEach(threads, 4 * BATCH_ROWS),
    batchGroups: layout.reserveEach(threads, 8 * BATCH_ROWS),
    pairing: layout.reserveEach(threads, BATCH_ROWS + 1),
    leastKeys: layout.reserveEach(threads, 4 * 64),
    lanes: layout.reserveEach(threads, 16),
    candidateRow: layout.reserveEach(threads, 4 * columns + 16),
  };
}

/** Arrays with entries for each centroid and each column. */
function reserveClusters(layout: MemoryLayout, { clusters, columns, panels, wordBytes }: Sizes) {
  return {
    tuning: layout.reserve(TUNING_BYTES),
    centers: layout.reserve(8 * clusters * columns),
    biases: layout.reserve(16 * panels),
    centerErrors: layout.reserve(8 * clusters),
    wordShift: layout.reserve(wordBytes),
    magics: layout.reserve(8 * (columns + 1)),
    shiftedMagics: layout.reserve(8 * columns),
    shiftErrors: layout.reserve(8 * columns),
    quanta: layout.reserve(8 * (columns + 1)),
    sums: layout.reserve(8 * clusters * (columns + 1)),
    drifts: layout.reserve(2 * clusters),
    groupDrifts: layout.reserve(2 * 64 + 16),
  };
}

/** Arrays with entries for each point and each chunk of points. */
function reserveChunks(layout: MemoryLayout, rows: number, chunks: number) {
  return {
    changedRows: layout.reserve(4 * chunks),
    closeRows: layout.reserve(4 * chunks),
    comparedGroups: layout.reserve(4 * chunks),
    distances: layout.reserve(4 * rows),
    chunkInertia: layout.reserve(8 * chunks),
    chunkRest: layout.reserve(8 * chunks),
  };
}

/** Arrays for the moments of the points. */
function reserveMoments(layout: MemoryLayout, columns: number, slots: number) {
  return {
    slotMoments: layout.reserve(8 * slots * (3 * columns + 2)),
    squareMagics: layout.reserve(16 * columns),
  };
}

/** Arrays of the candidates that points are compared with, some at a time. */
function reserveCandidates(layout: MemoryLayout, rows: number, columns: number, chunks: number) {
  return {
    candidates: layout.reserve(8 * CANDIDATES * columns),
    candidatePanels: layout.reserve(4 * CANDIDATES * columns),
    candidateWords: layout.reserve(4 * CANDIDATES * Math.ceil(columns / 2)),
    candidateBiases: layout.reserve(4 * CANDIDATES),
    candidateErrors: layout.reserve(8 * CANDIDATES),
    potentials: layout.reserve(8 * CANDIDATES * chunks),
    table: layout.reserve(4 * CANDIDATES * Math.min(rows, TABLE_ROWS)),
  };
}
