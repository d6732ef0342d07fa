import { AgglomerativeClustering, agglomerativeKind } from '@shoal/core';
import { AGGLOMERATIVE, scalingOf } from './clusterings.ts';
import { fitted, type Method } from './method.ts';

export const agglomerativeMethod: Method = {
  name: AGGLOMERATIVE.name,
  title: AGGLOMERATIVE.title,
  options: [...AGGLOMERATIVE.options, 'scaling'],
  async fit({ points }, options, { engine }, watching) {
    const settings = {
      ...AGGLOMERATIVE.choose(options),
      scaling: scalingOf(options),
      seed: options.seed,
      engine,
    };
    return fitted(await new AgglomerativeClustering(settings).fit(points, watching));
  },
  type: agglomerativeKind.type,
  load: (state, { engine }) => Promise.resolve(agglomerativeKind.load(state, engine)),
};
