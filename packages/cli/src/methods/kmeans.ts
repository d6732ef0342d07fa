import { KMeans, kmeansKind } from '@shoal/core';
import { KMEANS, scalingOf } from './clusterings.ts';
import { fitted, type Method } from './method.ts';
import { ofPoints } from './of-points.ts';

export const kmeansMethod: Method = {
  ...ofPoints(KMEANS, kmeansKind),
  async fitParts(points, options, { engine }, watching) {
    const { seed } = options;
    const kmeans = new KMeans({ ...KMEANS.choose(options), scaling: scalingOf(options), seed, engine });
    return fitted(await kmeans.fit(points, watching));
  },
};
