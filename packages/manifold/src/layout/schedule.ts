import type { SparseGraph } from '@shoal/core';
import { RATE_OF_ONE } from '@shoal/core/engine-kit';
import type { WeightedGraph } from '../graph/fuzzy-graph.ts';

/**
 * When edges pull: the heaviest once an epoch, the others less often in proportion to their weight. Edges that would
 * pull less than once in all epochs are left out.
 *
 * @param stepsPerEpoch steps of the layout that an epoch is cut into
 * @param heaviest weight of an edge that pulls once an epoch; default that of the heaviest edge
 */
export function scheduleEdges(
  { offsets, targets, weights }: WeightedGraph,
  epochs: number,
  stepsPerEpoch: number,
  heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0),
): SparseGraph {
  const kept = new Uint32Array(offsets.length);
  const keptTargets = new Uint32Array(targets.length);
  const rates = new Uint32Array(targets.length);
  let size = 0;
  for (let i = 0; i + 1 < offsets.length; i++) {
    for (let edge = offsets[i]; edge < offsets[i + 1]; edge++) {
      const share = weights[edge] / heaviest;
      if (share * epochs < 1) continue;
      keptTargets[size] = targets[edge];
      rates[size++] = Math.round((share / stepsPerEpoch) * RATE_OF_ONE);
    }
    kept[i + 1] = size;
  }
  return { offsets: kept, targets: keptTargets.slice(0, size), rates: rates.slice(0, size) };
}
