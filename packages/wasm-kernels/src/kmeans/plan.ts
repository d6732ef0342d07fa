import type { KMeansSessionOptions, Matrix } from '@shoal/core';
import { BATCH_ROWS, CANDIDATES, type KMeansSettings, type KMeansThreadSettings } from '../kernels.ts';
import { Layout, roomsOf } from '../memory-layout.ts';
import { planPoints, type PointPlan } from '../point-plan.ts';
import { planBounds, type Pruning } from './bound-plan.ts';
import { QUANTISED_COLUMNS } from './quantization.ts';
import { rowsPerCall, threadsFor, type WorkOptions } from '../work.ts';

/** Parts to share out at least, where there are that many batches of rows. */
const FEWEST_CHUNKS = 64;
/** Rows for which distances to several centroids are tabulated at a time. */
export const TABLE_ROWS = 1024;
/** Each thread's sums may take this much together, or a tenth of the points where that is more. */
const BYTES_OF_SUMS = 64 * 2 ** 20;

/** What of an engine's options k-means is planned by. */
export interface KMeansWorkOptions extends WorkOptions {
  readonly pruning: Pruning;
}

/** What a session may take of the memory of its points, where these have enough columns to leave room for bounds. */
const SHARE_OF_POINTS = 1.3;

/** Where a k-means session's arrays lie, and how its work is cut. */
export interface KMeansPlan {
  readonly layout: Layout;
  readonly points: PointPlan;
  readonly threads: number;
  /** Whether keys are made from int16 at first. */
  readonly startsQuantised: boolean;
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
  const startsQuantised = columns >= QUANTISED_COLUMNS;
  const layout = new Layout();
  const points = planPoints(source, layout, {
    isWeighted: weights !== undefined,
    rawBytes: true,
    keepsNorms: startsQuantised,
  });
  const rowBytes = (points.settings.isBytes ? 1 : 4) * columns;
  const sumBytes = 8 * clusters * (columns + 2);
  const affordable = Math.max(BYTES_OF_SUMS, 0.1 * rows * rowBytes) / sumBytes;
  const threads = Math.max(1, Math.min(threadsFor(rows * columns * clusters, work), Math.floor(affordable)));

  const panels = Math.ceil(clusters / 4);
  const chunkRows = rowsPerCall(rows, columns * clusters, BATCH_ROWS, FEWEST_CHUNKS);
  const chunks = Math.ceil(rows / chunkRows);
  const wordBytes = 16 * Math.ceil(columns / 8);
  const quantisedPanelBytes = 16 * panels * Math.ceil(columns / 2);
  const preparedBytes = Math.max(wordBytes, 4 * columns + 16);
  const keyBytes = 4 * Math.max(4 * panels, CANDIDATES);

  // The forms of the centroids for int16 and for float32 take turns in the same room.
  const forms = layout.reserve(
    Math.max(16 * panels * columns, startsQuantised ? quantisedPanelBytes + clusters * wordBytes : 0),
  );
  const rooms = {
    ownSums: layout.reserveEach(threads, sumBytes),
    prepared: layout.reserveEach(threads, BATCH_ROWS * preparedBytes),
    keys: layout.reserveEach(threads, BATCH_ROWS * keyBytes),
    batchRows: layout.reserveEach(threads, 4 * BATCH_ROWS),
    batchOwnKeys: layout.reserveEach(threads, 4 * BATCH_ROWS),
    batchGroups: layout.reserveEach(threads, 8 * BATCH_ROWS),
    pairing: layout.reserveEach(threads, BATCH_ROWS + 1),
    leastKeys: layout.reserveEach(threads, 4 * 64),
    lanes: layout.reserveEach(threads, 16),
    candidateRow: layout.reserveEach(threads, 4 * columns + 16),
  };
  const fixed = {
    ...points.settings,
    chunkRows,
    tuning: layout.reserve(8 * 11),
    clusters,
    centres: layout.reserve(8 * clusters * columns),
    panels: forms,
    centreWords: forms + quantisedPanelBytes,
    biases: layout.reserve(16 * panels),
    centreErrors: layout.reserve(8 * clusters),
    preparedBytes,
    keyBytes,
    wordShift: layout.reserve(wordBytes),
    magics: layout.reserve(8 * (columns + 1)),
    shiftedMagics: layout.reserve(8 * columns),
    shiftErrors: layout.reserve(8 * columns),
    allSums: rooms.ownSums.start,
    sumThreads: threads,
    sumBytes: rooms.ownSums.bytes,
    quanta: layout.reserve(8 * (columns + 1)),
    sums: layout.reserve(8 * clusters * (columns + 1)),
    changedRows: layout.reserve(4 * chunks),
    closeRows: layout.reserve(4 * chunks),
    comparedGroups: layout.reserve(4 * chunks),
    drifts: layout.reserve(2 * clusters),
    groupDrifts: layout.reserve(2 * 64 + 16),
    candidates: layout.reserve(8 * CANDIDATES * columns),
    candidatePanels: layout.reserve(4 * CANDIDATES * columns),
    candidateWords: layout.reserve(4 * CANDIDATES * Math.ceil(columns / 2)),
    candidateBiases: layout.reserve(4 * CANDIDATES),
    candidateErrors: layout.reserve(8 * CANDIDATES),
    distances: layout.reserve(4 * rows),
    potentials: layout.reserve(8 * CANDIDATES * chunks),
    chunkInertia: layout.reserve(8 * chunks),
    table: layout.reserve(4 * CANDIDATES * Math.min(rows, TABLE_ROWS)),
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
    startsQuantised,
    panels,
    chunks,
    settings,
    settingsOf: (thread) => ({ ...settings, ...roomsOf(rooms, thread) }),
  };
}
