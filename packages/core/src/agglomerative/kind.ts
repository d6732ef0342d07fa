import type { ClustererKind } from '../clusterer/clusterer.ts';
import { rejectWeights } from '../density/reject-weights.ts';
import { scalingKind } from '../scaling/scaling-kind.ts';
import { AgglomerativeClustering } from './agglomerative-clustering.ts';
import { AgglomerativeModel, AGGLOMERATIVE_STATE } from './model.ts';
import type { AgglomerativeOptions } from './options.ts';

/** Settings of agglomerative clustering inside a pipeline or sweep, which decides on seed and engine. */
export type AgglomerativeKindSettings = Omit<AgglomerativeOptions, 'seed' | 'engine'>;

/** Agglomerative clustering as a kind of clustering. */
export const agglomerativeKind: ClustererKind<'agglomerative', AgglomerativeKindSettings> = {
  method: 'agglomerative',
  title: 'agglomerative clustering',
  type: AGGLOMERATIVE_STATE,
  swept: {
    withClusters: (settings, clusters) => ({ ...settings, clusters }),
    criteria: () => [],
    scalings: ({ scaling, metric }) => [
      ...(scaling ? [scalingKind(scaling)] : []),
      ...(metric === 'cosine' ? ['unit' as const] : []),
    ],
    isSeedless: true,
  },
  create(settings, place) {
    const agglomerative = new AgglomerativeClustering({ ...settings, ...place });
    return {
      async fit({ points, weights }, options) {
        rejectWeights('Agglomerative clustering', weights);
        return agglomerative.fit(points, options);
      },
    };
  },
  load: (state, engine) => AgglomerativeModel.fromState(state, engine),
};
