import type { Engine } from '../engine/engine.ts';
import type { KMeansSession, KMeansSessionOptions } from '../engine/kmeans/session.ts';
import type { Matrix } from '../matrix.ts';
import { useBoth, useSession } from './sessions.ts';

/** Does the same work in a k-means session of an engine and in one of the reference. */
export function both<T>(
  engine: Engine,
  points: Matrix,
  options: KMeansSessionOptions,
  work: (session: KMeansSession) => Promise<T>,
): Promise<[T, T]> {
  return useBoth(engine, (each) => each.createKMeans(points, options), work);
}

/** Works in a k-means session, and ends it. */
export function withSession<T>(
  engine: Engine,
  points: Matrix,
  options: KMeansSessionOptions,
  work: (session: KMeansSession) => Promise<T>,
): Promise<T> {
  return useSession(engine.createKMeans(points, options), work);
}
