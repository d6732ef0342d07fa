import type { MapModel } from '../data/types.ts';

/**
 * The model part of the way from one to the next, for the eye alone. What has no place yet, or has lost it, does not travel.
 *
 * @param share from 0 to 1
 */
export function tweenModel(from: MapModel, to: MapModel, share: number): MapModel {
  return {
    ...to,
    centroids: mix(from.centroids, to.centroids, share),
    covariances: to.covariances && from.covariances && mix(from.covariances, to.covariances, share),
  };
}

function mix(from: Float32Array, to: Float32Array, share: number): Float32Array {
  if (from.length !== to.length) return to;
  return to.map((end, i) => {
    const start = from[i];
    return Number.isFinite(start) ? start + (end - start) * share : end;
  });
}
