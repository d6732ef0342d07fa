import type { Matrix } from '@shoal/core';
import type { KMeansSessionOptions } from '@shoal/core/engine-kit';
import { BATCH_ROWS, CANDIDATES, type KMeansSettings, type KMeansThreadSettings } from '../kernels.ts';
import { MemoryLayout, roomsOf } from '../memory-layout.ts';
import { planPoints, type PointPlan } from '../point-plan.ts';
import { planBounds, type Pruning } from './bound-plan.ts';
import { QUANTIZED_COLUMNS } from './quantization.ts';
import { TUNING_BYTES } from './tuning.ts';
import { rowsPerCall, threadsFor, type WorkOptions } from '../work.ts';

/** Parts to share out at least, where there are that many batches of rows. */
const MIN_CHUNKS = 64;
/** Rows for which distances to several centroids are tabulated at a time. */
export const TABLE_ROWS = 1024;
/** Each thread's sums may take this much together, or a tenth of the points where that is more. */
const BYTES_OF_SUMS = 64 * 2 ** 20;

/** The options of an engine that a plan of k-means depends on. */
export interface KMeansWorkOptions extends WorkOptions {
  readonly pruning: Pruning;
}

/** What a session may take of the memory of its points, where these have enough columns to leave room for bounds. */
const SHARE_OF_POINTS = 1.3;

/** Where a k-means session's arrays lie, and how its work is cut. */
export interface KMeansPlan {
  readonly layout: MemoryLayout;
  readonly points: PointPlan;
  readonly threads: number;
  /** Whether keys are made from int16 at first. */
  readonly startsQuantized: boolean;
  readonly panels: number;
  readonly chunks: number;
  readonly settings: KMeansSettings;
  readonly settingsOf: (thread: number) => KMeansSettings & KMeansThreadSettings;
}

export function planKMeans(
  source: Matrix,
  { clusters, weights }: KMeansSessionOptions,
  { pruning, ...work }: KMeansWorkOptions,
): KMeansPlan {
  const { rows, columns } = source;
  const startsQuantized = columns >= QUANTIZED_COLUMNS;
  const layout = new MemoryLayout();
  const points = planPoints(source, layout, {
    isWeighted: weights !== undefined,
    rawBytes: true,
    keepsNorms: startsQuantized,
  });
  const rowBytes = (points.settings.isBytes ? 1 : 4) * columns;
  const sizes = sizesOf(clusters, columns);
  const affordable = Math.max(BYTES_OF_SUMS, 0.1 * rows * rowBytes) / sizes.sumBytes;
  const threads = Math.max(1, Math.min(threadsFor(rows * columns * clusters, work), Math.floor(affordable)));
  const chunkRows = rowsPerCall(rows, columns * clusters, BATCH_ROWS, MIN_CHUNKS);
  const chunks = Math.ceil(rows / chunkRows);

  const forms = reserveForms(layout, sizes, startsQuantized);
  const rooms = reserveRooms(layout, sizes, threads);
  const fixed = {
    ...points.settings,
    ...forms,
    ...reserveClusters(layout, sizes),
    ...reserveChunks(layout, rows, chunks),
    ...reserveCandidates(layout, rows, columns, chunks),
    chunkRows,
    clusters,
    preparedBytes: sizes.preparedBytes,
    keyBytes: sizes.keyBytes,
    allSums: rooms.ownSums.start,
    sumThreads: threads,
    sumBytes: rooms.ownSums.bytes,
  };
  const bounds = planBounds((SHARE_OF_POINTS * rows * rowBytes - layout.bytes) / rows, clusters, pruning);
  const settings = {
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
    settings,
    settingsOf: (thread) => ({ ...settings, ...roomsOf(rooms, thread) }),
  };
}

/** Numbers of centroids and bytes that follow from a shape. */
interface Sizes {
  readonly clusters: number;
  readonly columns: number;
  /** Groups of four centroids. */
  readonly panels: number;
  /** One thread's sums of all clusters. */
  readonly sumBytes: number;
  /** A centroid in int16. */
  readonly wordBytes: number;
  /** All panels in int16. */
  readonly quantizedPanelBytes: number;
  /** A row as keys are made from it. */
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

/** The forms of the centroids for int16 and for float32 take turns in the same room. */
function reserveForms(layout: MemoryLayout, sizes: Sizes, startsQuantized: boolean) {
  const { clusters, columns, panels, wordBytes, quantizedPanelBytes } = sizes;
  const quantizedBytes = startsQuantized ? quantizedPanelBytes + clusters * wordBytes : 0;
  const forms = layout.reserve(Math.max(16 * panels * columns, quantizedBytes));
  return { panels: forms, centerWords: forms + quantizedPanelBytes };
}

/** What each thread has for itself. */
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

/** What there is of each centroid and of each column. */
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

/** What there is of each point and of each chunk of them. */
function reserveChunks(layout: MemoryLayout, rows: number, chunks: number) {
  return {
    changedRows: layout.reserve(4 * chunks),
    closeRows: layout.reserve(4 * chunks),
    comparedGroups: layout.reserve(4 * chunks),
    distances: layout.reserve(4 * rows),
    chunkInertia: layout.reserve(8 * chunks),
  };
}

/** What points are compared with, some at a time. */
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
