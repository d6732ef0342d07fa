import type { ClustererKind } from '@shoal/core';
import { scalingOf, type NamedClustering } from './clusterings.ts';
import { fitted, type Method } from './method.ts';

/** A method that clusters the points themselves, by a kind of core that takes a scaling of rows and weights. */
export function ofPoints<Settings extends object>(
  { name, title, options: own, choose, metrics }: NamedClustering<Settings & { readonly method: string }>,
  kind: ClustererKind<string, Settings>,
): Method {
  return {
    name,
    title,
    options: [...own, 'scaling'],
    metrics,
    weighted: true,
    async fit({ points, weights }, options, { engine }, watching) {
      const { seed } = options;
      const clusterer = kind.create({ ...choose(options), scaling: scalingOf(options) }, { seed, engine });
      return fitted(await clusterer.fit({ points, weights }, watching));
    },
    type: kind.type,
    load: (state, { engine }) => Promise.resolve(kind.load(state, engine)),
  };
}
