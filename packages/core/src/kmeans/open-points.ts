import type { KMeansSession } from '../engine/kmeans/session.ts';
import type { StartPlace } from './initial-centroids.ts';
import type { placedFields, PlacedPoints } from './placed-points.ts';

/** Points in one piece or in parts, where k-means has them, in a session. */
export interface OpenPoints {
  readonly session: KMeansSession;
  readonly place: StartPlace & Pick<PlacedPoints, 'metric' | 'center' | 'weights'>;
  /**
   * See `placedFields`.
   *
   * @param relative centroids less the origin, K x D, as the engine held them
   */
  fields(
    relative: Float32Array | Float64Array,
    inertia: number,
  ): Promise<Awaited<ReturnType<typeof placedFields>>>;
}
