import { RATE_OF_ONE, type SparseGraph } from '@shoal/core';
import type { WeightedGraph } from '../graph/fuzzy-graph.ts';

/**
 * When edges pull: the heaviest `pulls` times a step and others as much less often as they are lighter. Edges that would
 * pull less than once in all steps are left out.
 *
 * @param heaviest weight of an edge that pulls `pulls` times a step; default that of the heaviest edge
 */
export function scheduleEdges(
  { offsets, targets, weights }: WeightedGraph,
  steps: number,
  pulls: number,
  heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0),
): SparseGraph {
  const kept = new Uint32Array(offsets.length);
  const keptTargets = new Uint32Array(targets.length);
  const rates = new Uint32Array(targets.length);
  let size = 0;
  for (let i = 0; i + 1 < offsets.length; i++) {
    for (let edge = offsets[i]; edge < offsets[i + 1]; edge++) {
      const share = weights[edge] / heaviest;
      if (share * steps < 1) continue;
      keptTargets[size] = targets[edge];
      rates[size++] = Math.round(share * pulls * RATE_OF_ONE);
    }
    kept[i + 1] = size;
  }
  return { offsets: kept, targets: keptTargets.slice(0, size), rates: rates.slice(0, size) };
}
