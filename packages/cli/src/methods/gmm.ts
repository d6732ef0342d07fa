import { GaussianMixture, mixtureKind } from '@shoal/core';
import { MIXTURE, scalingOf } from './clusterings.ts';
import { fitted, type Method } from './method.ts';

export const mixtureMethod: Method = {
  name: MIXTURE.name,
  title: MIXTURE.title,
  options: [...MIXTURE.options, 'scaling'],
  weighted: true,
  async fit({ points, weights }, options, { engine }, watching) {
    const { seed } = options;
    const settings = { ...MIXTURE.choose(options), scaling: scalingOf(options), seed, engine };
    return fitted(await new GaussianMixture(settings).fit(points, { ...watching, weights }));
  },
  type: mixtureKind.type,
  load: (state, { engine }) => Promise.resolve(mixtureKind.load(state, engine)),
};
