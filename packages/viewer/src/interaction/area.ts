import type { Place } from '../render/camera.ts';
import type { PointIndex } from '../render/point-index.ts';

export type AreaKind = 'box' | 'lasso';

/**
 * An area that the reader is drawing on the map: the opposite corners of a box, or the corners of a lasso, as x, y, x, y,
 * ... They are in map units, so that the area stays in place when the map moves meanwhile.
 */
export interface Area {
  readonly kind: AreaKind;
  readonly vertices: readonly number[];
}

export function beginArea(kind: AreaKind, { x, y }: Place): Area {
  return { kind, vertices: kind === 'box' ? [x, y, x, y] : [x, y] };
}

/** The area after its end moves to a place. */
export function extendArea({ kind, vertices }: Area, { x, y }: Place): Area {
  return { kind, vertices: kind === 'box' ? [vertices[0], vertices[1], x, y] : [...vertices, x, y] };
}

/** The corners of the enclosed polygon. */
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
