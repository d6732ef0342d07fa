import type { WeightedGraph } from './fuzzy-graph.ts';

/** Number of parts of a graph, of which none has an edge to another. */
export function countComponents({ offsets, targets }: WeightedGraph): number {
  const vertices = offsets.length - 1;
  const seen = new Uint8Array(vertices);
  const waiting = new Uint32Array(vertices);
  let components = 0;
  for (let start = 0; start < vertices; start++) {
    if (seen[start]) continue;
    components++;
    seen[start] = 1;
    waiting[0] = start;
    for (let size = 1; size > 0;) {
      const i = waiting[--size];
      for (let edge = offsets[i]; edge < offsets[i + 1]; edge++) {
        const other = targets[edge];
        if (seen[other]) continue;
        seen[other] = 1;
        waiting[size++] = other;
      }
    }
  }
  return components;
}
