import { InvalidArgumentError, UnsupportedError, type ClustererKind } from '@shoal/core';
import { BalancedCut } from './balanced-cut.ts';
import { BalancedCutModel, CUT_STATE } from './balanced-cut-model.ts';
import type { BalancedCutOptions } from './options.ts';

/** Settings of a balanced cut inside a pipeline, which decides on seed and engine. */
export type BalancedCutSettings = Omit<BalancedCutOptions, 'seed' | 'engine'>;

/** Balanced cuts as a kind of clustering, for points with a graph of neighbors, such as an embedding. */
export const cutKind: ClustererKind<'cut', BalancedCutSettings> = {
  method: 'cut',
  title: 'balanced cut',
  type: CUT_STATE,
  needsGraph: true,
  create(settings, place) {
    const cut = new BalancedCut({ ...settings, ...place });
    return {
      async fit({ points, graph, original }, options) {
        if (graph === undefined) {
          throw new InvalidArgumentError(
            'A balanced cut needs the graph of neighbors; fit it to an embedding.',
          );
        }
        if (points.location === 'device') {
          throw new UnsupportedError('A balanced cut takes points on the host; download them first.');
        }
        return cut.fit({ embedding: points, graph, points: original }, options);
      },
    };
  },
  load: (state, engine) => BalancedCutModel.fromState(state, engine),
};
