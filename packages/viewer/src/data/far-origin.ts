import type { Matrix } from '@shoal/core';
import { findOrigin } from '@shoal/core/model-kit';

/** Where a map of points far from 0 has its zero, D values; nothing where float32 holds the points as they are. */
export function farOrigin(points: Matrix): Float64Array | undefined {
  const { data, scale } = points;
  if (data.every((value) => Object.is(Math.fround(value * scale), value * scale))) return undefined;
  return findOrigin(points)?.origin;
}
