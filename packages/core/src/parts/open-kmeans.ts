import type { Engine } from '../engine/engine.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import type { RoomOptions } from './kmeans-rooms.ts';
import type { PartedPoints } from './parted-points.ts';
import { PartedKMeansSession } from './parted-kmeans-session.ts';

/**
 * Opens a session of k-means of points in parts, which the caller destroys: the engine's own, or one that merges what sessions
 * of parts find.
 *
 * @throws like `Engine.createKMeans`
 */
export async function openPartedKMeans(
  engine: Engine,
  points: PartedPoints,
  options: RoomOptions,
): Promise<KMeansSession> {
  return engine.inParts
    ? engine.inParts.createKMeans(points, options)
    : PartedKMeansSession.open(engine, points, options);
}
