import type { ClusterSpace } from './cluster-space.ts';
import type { MapModel } from './types.ts';

/** From the space of the clusters to the map: (x - origin) times two axes. */
export interface LinearMap {
  /** D values. */
  readonly origin: Float64Array;
  /** The two axes one after the other, 2 x D. */
  readonly axes: Float64Array;
}

/**
 * The map of points that have one or two columns: the columns themselves; an only column is x.
 *
 * @param origin subtracted from each column, D values; zeros by default
 */
export function identityMap(columns: number, origin: Float64Array = new Float64Array(columns)): LinearMap {
  const axes = new Float64Array(2 * columns);
  axes[0] = 1;
  if (columns > 1) axes[columns + 1] = 1;
  return { origin, axes };
}

/**
 * Projects row-major rows onto the map.
 *
 * @param scale factor of each value
 * @param out receives x and y of each row, from `at` on
 */
export function placeRows(
  data: ArrayLike<number>,
  scale: number,
  { origin, axes }: LinearMap,
  out: Float32Array,
  at = 0,
): void {
  const columns = origin.length;
  for (let row = 0; row * columns < data.length; row++) {
    let x = 0;
    let y = 0;
    for (let j = 0; j < columns; j++) {
      const value = data[row * columns + j] * scale - origin[j];
      x += value * axes[j];
      y += value * axes[columns + j];
    }
    out[2 * (at + row)] = x;
    out[2 * (at + row) + 1] = y;
  }
}

/** The origin of the map, when its axes are the columns minus an origin far from 0; else nothing. */
export function originOf({ origin, axes }: LinearMap): readonly [number, number] | undefined {
  const isIdentity = axes.every((value) => value === 0 || value === 1);
  const [x, y = 0] = origin;
  return isIdentity && (x !== 0 || y !== 0) ? [x, y] : undefined;
}

/** The model on the map: A mean + b, and A covariance A^T. */
export function placeModel(space: ClusterSpace, map: LinearMap): MapModel {
  const centroids = new Float32Array(2 * space.clusters);
  placeRows(space.centroids, 1, map, centroids);
  const { kind, covariances } = space;
  if (!covariances) return { kind, centroids };
  const out = new Float32Array(3 * space.clusters);
  for (let k = 0; k < space.clusters; k++) {
    const [xx, xy, yy] = projectCovariance(space, covariances, k, map.axes);
    out.set([xx, xy, yy], 3 * k);
  }
  return { kind, centroids, covariances: out };
}

function projectCovariance(
  { columns }: ClusterSpace,
  { type, values }: NonNullable<ClusterSpace['covariances']>,
  component: number,
  axes: Float64Array,
): [xx: number, xy: number, yy: number] {
  const entry = (i: number, j: number): number => {
    switch (type) {
      case 'full':
        return values[(component * columns + i) * columns + j];
      case 'tied':
        return values[i * columns + j];
      case 'diag':
        return values[component * columns + i];
      case 'spherical':
        return values[component];
    }
  };
  const diagonal = type === 'diag' || type === 'spherical';
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < columns; i++) {
    for (let j = diagonal ? i : 0; j < (diagonal ? i + 1 : columns); j++) {
      const value = entry(i, j);
      xx += axes[i] * value * axes[j];
      xy += axes[i] * value * axes[columns + j];
      yy += axes[columns + i] * value * axes[columns + j];
    }
  }
  return [xx, xy, yy];
}
