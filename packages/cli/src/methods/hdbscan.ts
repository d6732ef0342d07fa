import { Hdbscan, hdbscanKind } from '@shoal/core';
import { HDBSCAN, scalingOf } from './clusterings.ts';
import { fitted, type Method } from './method.ts';

export const hdbscanMethod: Method = {
  name: HDBSCAN.name,
  title: HDBSCAN.title,
  options: [...HDBSCAN.options, 'scaling', 'neighborSearch'],
  findsClusters: HDBSCAN.findsClusters,
  async fit({ points }, options, { engine }, watching) {
    const { neighborSearch, seed } = options;
    const own = { scaling: scalingOf(options), neighborSearch, seed };
    const settings = { ...HDBSCAN.choose(options), ...own, engine };
    return fitted(await new Hdbscan(settings).fit(points, watching));
  },
  type: hdbscanKind.type,
  load: (state, { engine }) => Promise.resolve(hdbscanKind.load(state, engine)),
};
