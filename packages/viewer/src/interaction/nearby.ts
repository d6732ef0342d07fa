import type { Place } from '../render/camera.ts';
import type { Accept, PointIndex } from '../render/point-index.ts';

/** One of the four directions of the arrow keys, with y upwards. */
export interface Direction {
  readonly dx: -1 | 0 | 1;
  readonly dy: -1 | 0 | 1;
}

/**
 * The nearest point on one side of a place: within the quarter of the plane around the direction, so that the four
 * directions together reach all points at other places.
 *
 * @param reach how far to look first, in map units; it doubles until something is found
 */
export function nextPoint(
  index: PointIndex,
  positions: Float32Array,
  from: Place,
  { dx, dy }: Direction,
  reach: number,
  accept: Accept,
): number | undefined {
  const { bounds } = index;
  if (bounds === undefined) return undefined;
  const isThatWay: Accept = (point) => {
    const along = (positions[2 * point] - from.x) * dx + (positions[2 * point + 1] - from.y) * dy;
    const across = (positions[2 * point] - from.x) * dy + (positions[2 * point + 1] - from.y) * dx;
    return along > 0 && Math.abs(across) <= along && accept(point);
  };
  return nearestPoint(index, from, reach, isThatWay);
}

/** The nearest point to a place, at any distance. @param reach how far to look first, in map units */
export function nearestPoint(
  index: PointIndex,
  { x, y }: Place,
  reach: number,
  accept: Accept,
): number | undefined {
  const { bounds } = index;
  if (bounds === undefined) return undefined;
  const all = Math.hypot(
    Math.max(x - bounds.minX, bounds.maxX - x),
    Math.max(y - bounds.minY, bounds.maxY - y),
  );
  for (let radius = Math.max(reach, Number.MIN_VALUE); ; radius *= 2) {
    const found = index.nearest(x, y, radius, accept);
    if (found !== undefined || radius > all) return found;
  }
}
