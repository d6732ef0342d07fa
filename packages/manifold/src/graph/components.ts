import type { WeightedGraph } from './fuzzy-graph.ts';

/** The parts of a graph: no edge leads from one part to another. */
export interface Components {
  readonly count: number;
  /** Part of each vertex, N values; parts are numbered by their first vertex. */
  readonly labels: Uint32Array;
}

export function findComponents({ offsets, targets }: WeightedGraph): Components {
  const vertices = offsets.length - 1;
  const unseen = 0xffffffff;
  const labels = new Uint32Array(vertices).fill(unseen);
  const waiting = new Uint32Array(vertices);
  let count = 0;
  for (let start = 0; start < vertices; start++) {
    if (labels[start] !== unseen) continue;
    labels[start] = count;
    waiting[0] = start;
    for (let size = 1; size > 0;) {
      const i = waiting[--size];
      for (let edge = offsets[i]; edge < offsets[i + 1]; edge++) {
        const other = targets[edge];
        if (labels[other] !== unseen) continue;
        labels[other] = count;
        waiting[size++] = other;
      }
    }
    count++;
  }
  return { count, labels };
}
