import type { Engine } from '../engine/engine.ts';
import type { KMeansPrecision } from '../engine/kmeans/session.ts';
import type { Points } from '../matrix.ts';
import { areParted, type PartedPoints } from '../parts/parted-points.ts';
import { openParts } from './open-parts.ts';
import type { OpenPoints } from './open-points.ts';
import { placedFields, withPlacedSession, type PlaceOptions, type PlaceSettings } from './placed-points.ts';

/**
 * Places points in one piece or in parts, opens a session of all of them, hands it on, and frees what that took.
 *
 * @throws like `withPlacedSession`
 */
export async function withOpenPoints<T>(
  points: Points | PartedPoints,
  engine: Engine,
  settings: PlaceSettings & { readonly clusters: number; readonly precision?: KMeansPrecision | undefined },
  options: PlaceOptions,
  use: (open: OpenPoints) => Promise<T>,
): Promise<T> {
  if (!areParted(points)) {
    return withPlacedSession(points, engine, settings, options, (place, session) => {
      const center = session.center ?? place.center;
      return use({
        session,
        place,
        fields: (relative, inertia) => placedFields(place, { relative, center, inertia }, options.signal),
      });
    });
  }
  const open = await openParts(points, engine, settings, options);
  try {
    return await use(open);
  } finally {
    open.session.destroy();
  }
}
