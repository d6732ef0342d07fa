import type { MapModel } from '../data/types.ts';

/**
 * A model between two iterations, for animation only. A center without a position in one of them does not move.
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
