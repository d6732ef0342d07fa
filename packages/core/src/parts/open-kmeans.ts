import type { Engine } from '../engine/engine.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import { movePoints } from '../origin/move-points.ts';
import { gatherPartedRows } from './gather-parted-rows.ts';
import type { RoomOptions } from './kmeans-rooms.ts';
import { LocalKMeansParts } from './local-kmeans-parts.ts';
import { openMergedPart } from './merged-part.ts';
import type { PartedPoints } from './parted-points.ts';
import { PartedKMeansSession } from './parted-kmeans-session.ts';
import { RemoteKMeansParts } from './remote-kmeans-parts.ts';
import type { RemotePlace } from './remote-place.ts';

/**
 * Opens a session of k-means of points in parts, which the caller destroys: the engine's own, or one that merges what sessions
 * of parts find, here or where a host holds them.
 *
 * @throws like `Engine.createKMeans`
 */
export async function openPartedKMeans(
  engine: Engine,
  points: PartedPoints,
  options: RoomOptions,
  remote?: RemotePlace,
): Promise<KMeansSession> {
  if (remote) return openRemotely(engine, points, options, remote);
  if (engine.inParts) return engine.inParts.createKMeans(points, options);
  const parts = await LocalKMeansParts.open(engine, points, options);
  return new PartedKMeansSession(parts, points, options);
}

async function openRemotely(
  engine: Engine,
  points: PartedPoints,
  options: RoomOptions,
  { host, scalesToUnit, origin, sample }: RemotePlace,
): Promise<KMeansSession> {
  const { clusters, unitCentroids, precision, center, whole, signal } = options;
  const open = engine.createKMeansPart?.bind(engine) ?? openMergedPart.bind(undefined, engine);
  const shared = { clusters, unitCentroids, precision, center, whole, signal };
  // A session of one row has the arithmetic of all of them.
  const arithmetic = await open(await movePoints(sample, origin, engine), { ...shared, momentsKnown: true });
  // Some engines say what they subtract when they have read a row.
  await arithmetic.readRows(Uint32Array.of(0));
  const parts = await RemoteKMeansParts.open({
    ...shared,
    host,
    partRows: points.parts.map(({ rows }) => rows),
    scalesToUnit,
    origin,
    arithmetic,
    readRows: async (rows) => Float32Array.from(await gatherPartedRows(points, rows, signal)),
  });
  return new PartedKMeansSession(parts, points, options);
}
