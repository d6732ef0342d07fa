import type { Engine } from '../engine/engine.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import { matrix, type Matrix } from '../matrix.ts';
import type { KMeansMetric } from './types.ts';

/** A session of points, and how sessions of some of them are opened. */
export interface RowSource {
  readonly engine: Engine;
  readonly session: KMeansSession;
  readonly metric: KMeansMetric;
  /** See `SessionOptions.center`; with the same one, a point has the same label in every session. */
  readonly center: Float64Array | undefined;
  readonly weights: Float32Array | undefined;
  readonly signal: AbortSignal | undefined;
}

/** A few points in a session of their own. */
export interface RowSession {
  readonly session: KMeansSession;
  readonly points: Matrix;
  readonly weights: Float32Array | undefined;
}

/** Opens a session of some rows, hands it on, and frees it. */
export async function withRows<T>(
  { engine, session: all, metric, center, weights: ofAll, signal }: RowSource,
  rows: Uint32Array,
  clusters: number,
  use: (part: RowSession) => Promise<T>,
): Promise<T> {
  const points = matrix(await all.readRows(rows), rows.length, all.columns);
  const weights = ofAll && Float32Array.from(rows, (row) => ofAll[row]);
  const unitCentroids = metric === 'cosine';
  const session = await engine.createKMeans(points, { clusters, unitCentroids, weights, center, signal });
  try {
    return await use({ session, points, weights });
  } finally {
    session.destroy();
  }
}
