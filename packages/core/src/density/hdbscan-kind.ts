import type { ClustererKind } from '../clusterer/clusterer.ts';
import { Hdbscan } from './hdbscan.ts';
import { HdbscanModel, HDBSCAN_STATE } from './hdbscan-model.ts';
import type { HdbscanOptions } from './hdbscan-options.ts';
import { rejectWeights } from './reject-weights.ts';

/** Settings of HDBSCAN inside a pipeline, which decides on the engine. */
export type HdbscanKindSettings = Omit<HdbscanOptions, 'engine'>;

/** HDBSCAN as a kind of clustering. */
export const hdbscanKind: ClustererKind<'hdbscan', HdbscanKindSettings> = {
  method: 'hdbscan',
  title: 'HDBSCAN',
  type: HDBSCAN_STATE,
  create(settings, { engine, seed }) {
    const hdbscan = new Hdbscan({ seed, ...settings, engine });
    return {
      async fit({ points, weights }, options) {
        rejectWeights('HDBSCAN', weights);
        return hdbscan.fit(points, options);
      },
    };
  },
  load: (state, engine) => HdbscanModel.fromState(state, engine),
};
