import { KMeans, kmeansKind } from '@shoal/core';
import { KMEANS, scalingOf } from './clusterings.ts';
import { fitted, type Method } from './method.ts';

export const kmeansMethod: Method = {
  name: KMEANS.name,
  title: KMEANS.title,
  options: [...KMEANS.options, 'scaling'],
  metrics: KMEANS.metrics,
  weighted: true,
  async fit({ points, weights }, options, { engine }, watching) {
    const { seed } = options;
    const kmeans = new KMeans({ ...KMEANS.choose(options), scaling: scalingOf(options), seed, engine });
    return fitted(await kmeans.fit(points, { ...watching, weights }));
  },
  type: kmeansKind.type,
  load: (state, { engine }) => Promise.resolve(kmeansKind.load(state, engine)),
};
