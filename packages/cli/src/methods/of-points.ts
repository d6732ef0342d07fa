import type { ClustererKind, ClusterModel, Engine, PartedPoints, RowScalingKind } from '@shoal/core';
import { scalingOf, type NamedClustering } from './clusterings.ts';
import { fitted, type Method, type PartedFitInput, type Watching } from './method.ts';

/** What a fit decides for an estimator. */
interface PartsPlace {
  readonly scaling: RowScalingKind | undefined;
  readonly seed: number;
  readonly engine: Engine;
}

/** An estimator that takes points in parts. */
interface PartedEstimator {
  fit(points: PartedPoints, options: Watching & Omit<PartedFitInput, 'points'>): Promise<ClusterModel>;
}

/** A method that clusters the points themselves, by a kind of core that takes a scaling of rows and weights. Points in
 * parts are for estimators that take them. */
export function ofPoints<Settings extends object>(
  { name, title, options: own, choose, metrics }: NamedClustering<Settings & { readonly method: string }>,
  kind: ClustererKind<string, Settings>,
  inParts?: (settings: Settings & PartsPlace) => PartedEstimator,
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
    fitParts:
      inParts &&
      (async ({ points, ...given }, options, { engine }, watching) => {
        const { seed } = options;
        const estimator = inParts({ ...choose(options), scaling: scalingOf(options), seed, engine });
        return fitted(await estimator.fit(points, { ...given, ...watching }));
      }),
    type: kind.type,
    load: (state, { engine }) => Promise.resolve(kind.load(state, engine)),
  };
}
