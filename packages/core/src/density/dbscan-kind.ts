import type { ClustererKind } from '../clusterer/clusterer.ts';
import { Dbscan } from './dbscan.ts';
import { DbscanModel, DBSCAN_STATE } from './dbscan-model.ts';
import type { DbscanOptions } from './dbscan-options.ts';
import { rejectWeights } from './reject-weights.ts';

/** Settings of DBSCAN inside a pipeline, which decides on the engine. */
export type DbscanKindSettings = Omit<DbscanOptions, 'engine'>;

/** DBSCAN as a kind of clustering. */
export const dbscanKind: ClustererKind<'dbscan', DbscanKindSettings> = {
  method: 'dbscan',
  title: 'DBSCAN',
  type: DBSCAN_STATE,
  create(settings, { engine }) {
    const dbscan = new Dbscan({ ...settings, engine });
    return {
      async fit({ points, weights }, options) {
        rejectWeights('DBSCAN', weights);
        return dbscan.fit(points, options);
      },
    };
  },
  load: (state, engine) => DbscanModel.fromState(state, engine),
};
