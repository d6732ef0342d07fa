import type { Engine } from '../engine/engine.ts';
import type { KMeansPrecision } from '../engine/kmeans/session.ts';
import { openPartedKMeans } from '../parts/open-kmeans.ts';
import type { PartedPoints } from '../parts/parted-points.ts';
import { placeParts } from '../parts/place-parts.ts';
import { fitScaling } from '../scaling/fit-scaling.ts';
import type { OpenPoints } from './open-points.ts';
import { fieldsOfPlace, type PlaceOptions, type PlaceSettings } from './placed-points.ts';
import { rowScalings } from './row-scalings.ts';

interface PartsSettings {
  readonly clusters: number;
  readonly precision?: KMeansPrecision | undefined;
}

/**
 * Places points in parts as `withPlacedPoints` does those in one piece, with the same numbers, and opens a session of them,
 * which the caller destroys.
 */
export async function openParts(
  points: PartedPoints,
  engine: Engine,
  { clusters, metric, precision, scaling: kind }: PlaceSettings & PartsSettings,
  { weights, signal }: PlaceOptions,
): Promise<OpenPoints> {
  const unitCentroids = metric === 'cosine';
  const scaling = kind && (await fitScaling(points, kind, engine, { weights, signal }));
  const scalings = rowScalings(scaling, metric);
  // Rows of unit length are near 0, and their directions are relative to 0.
  const placed = await placeParts(points, engine, { scalings, moves: !unitCentroids, weights, signal });
  const { origin, center, choosesCenter, whole } = placed;
  const options = { clusters, unitCentroids, precision, center, whole, weights, signal };
  const session = await openPartedKMeans(engine, placed.points, options, placed.remote);
  const { rows, columns } = points;
  const place = { engine, metric, scaling, origin, center, weights, rows, columns };
  return {
    session,
    place,
    fields: async (relative, inertia) => {
      const frame = { relative, center: session.center ?? (choosesCenter ? center : undefined), inertia };
      return fieldsOfPlace(place, frame, await placed.rounding());
    },
  };
}
