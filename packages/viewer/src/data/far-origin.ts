import type { Matrix } from '@shoal/core';
import { findOrigin } from '@shoal/core/model-kit';

/** The origin of a map of points far from 0, D values; nothing where float32 holds the points precisely enough. */
export function farOrigin(points: Matrix): Float64Array | undefined {
  const { data, scale } = points;
  if (data.every((value) => Object.is(Math.fround(value * scale), value * scale))) return undefined;
  return findOrigin(points)?.origin;
}
