import type { Engine } from '../engine/engine.ts';
import { findOrigin } from '../origin/find-origin.ts';
import { centerPoints, measureRounding } from '../origin/move-points.ts';
import { matrix, type Matrix, type Points } from '../matrix.ts';
import { areParted, type PartedPoints } from '../parts/parted-points.ts';
import { applyScalings } from '../scaling/apply-scaling.ts';
import { fitScaling } from '../scaling/fit-scaling.ts';
import { placeParts } from './place-parts.ts';
import type { PlacedPoints, PlaceOptions, PlaceSettings } from './placed-points.ts';
import { rowScalings } from './row-scalings.ts';

/**
 * Scales points, moves them next to 0, and opens a session.
 *
 * @throws like `KMeans.fit`
 */
export function placePoints(
  points: Points | PartedPoints,
  engine: Engine,
  settings: PlaceSettings,
  options: PlaceOptions,
): Promise<PlacedPoints> {
  return areParted(points)
    ? placeParts(points, engine, settings, options)
    : placeTogether(points, engine, settings, options);
}

async function placeTogether(
  points: Points,
  engine: Engine,
  { clusters, metric, precision, scaling: kind }: PlaceSettings,
  { weights, signal }: PlaceOptions,
): Promise<PlacedPoints> {
  const unitCentroids = metric === 'cosine';
  const scaling = kind && (await fitScaling(points, kind, engine, { weights, signal }));
  const scaled = await applyScalings(points, rowScalings(scaling, metric), engine, { signal });
  try {
    // Rows of unit length are near 0, and their directions are relative to 0.
    const {
      points: centered,
      origin,
      center,
    } = unitCentroids
      ? { points: scaled.points, origin: undefined, center: middleOf(scaled.points, weights) }
      : await centerPoints(scaled.points, engine, { weights, signal });
    const options = { clusters, unitCentroids, precision, center, signal };
    const session = await engine.createKMeans(centered, { ...options, weights });
    return {
      engine,
      session,
      scaling,
      origin,
      center: session.center ?? center,
      columns: points.columns,
      together: {
        points: scaled.points,
        openWith: async (rows, weights) => {
          const host = centered.location === 'host' ? centered : await engine.download(centered);
          return engine.createKMeans(followedBy(host, rows), { clusters, weights, signal });
        },
      },
      measureRounding: () => measureRounding(scaled.points, origin, engine, { weights, signal }),
      release: () => {
        session.destroy();
        scaled.release();
      },
    };
  } catch (error) {
    scaled.release();
    throw error;
  }
}

/** The medians of a sample, also of columns that are far from 0. */
function middleOf(points: Points, weights: Float32Array | undefined): Float64Array | undefined {
  if (points.location === 'device') return undefined;
  const place = findOrigin(points, weights);
  return place?.center.map((value, j) => value + (place.origin?.[j] ?? 0));
}

/** A copy of the points with other rows after them. */
function followedBy({ data, rows, columns, scale }: Matrix, others: Float64Array): Matrix {
  const count = others.length / columns;
  const values = new (data instanceof Float64Array ? Float64Array : Float32Array)((rows + count) * columns);
  for (let at = 0; at < rows * columns; at++) values[at] = data[at] * scale;
  values.set(others, rows * columns);
  return matrix(values, rows + count, columns);
}
