import { MiniBatchKMeans, miniBatchKMeansKind } from '@shoal/core';
import { MINIBATCH, scalingOf } from './clusterings.ts';
import { fitted, type Method } from './method.ts';

export const miniBatchKMeansMethod: Method = {
  name: MINIBATCH.name,
  title: MINIBATCH.title,
  options: [...MINIBATCH.options, 'scaling'],
  weighted: true,
  async fit({ points, weights }, options, { engine }, watching) {
    const { seed } = options;
    const settings = { ...MINIBATCH.choose(options), scaling: scalingOf(options), seed, engine };
    return fitted(await new MiniBatchKMeans(settings).fit(points, { ...watching, weights }));
  },
  type: miniBatchKMeansKind.type,
  load: (state, { engine }) => Promise.resolve(miniBatchKMeansKind.load(state, engine)),
};
