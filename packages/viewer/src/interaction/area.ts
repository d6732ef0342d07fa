import type { Place } from '../render/camera.ts';
import type { PointIndex } from '../render/point-index.ts';

export type AreaKind = 'box' | 'lasso';

/**
 * An area of the map that is being drawn: the opposite corners of a box, or the corners of a lasso, as x, y, x, y, ... in
 * map units, so that it stays where it is when the map is moved meanwhile.
 */
export interface Area {
  readonly kind: AreaKind;
  readonly vertices: readonly number[];
}

export function beginArea(kind: AreaKind, { x, y }: Place): Area {
  return { kind, vertices: kind === 'box' ? [x, y, x, y] : [x, y] };
}

/** The area with its end moved to a place. */
export function extendArea({ kind, vertices }: Area, { x, y }: Place): Area {
  return { kind, vertices: kind === 'box' ? [vertices[0], vertices[1], x, y] : [...vertices, x, y] };
}

/** The corners of what an area encloses. */
export function outline({ kind, vertices }: Area): readonly number[] {
  if (kind === 'lasso') return vertices;
  const [x0, y0, x1, y1] = vertices;
  return [x0, y0, x1, y0, x1, y1, x0, y1];
}

/** The points in an area, ascending. */
export function pointsIn({ kind, vertices }: Area, index: PointIndex): Uint32Array {
  if (kind === 'lasso') return index.inPolygon(vertices);
  const [x0, y0, x1, y1] = vertices;
  return index.inBox(x0, y0, x1, y1);
}
