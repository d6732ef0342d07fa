import type { SparseGraph } from '@shoal/core';

/** Edges of a block, and words of a block: four rates, four pairs of phases, four targets. */
const EDGES = 4;
export const WORDS_OF_BLOCK = 3 * EDGES;

/** First block of each vertex, N + 1 values: the edges of each vertex start a new block. */
export function blockOffsets({ offsets }: SparseGraph): Uint32Array {
  const blocks = new Uint32Array(offsets.length);
  for (let vertex = 1; vertex < offsets.length; vertex++) {
    blocks[vertex] = blocks[vertex - 1] + Math.ceil((offsets[vertex] - offsets[vertex - 1]) / EDGES);
  }
  return blocks;
}

/**
 * Arranges the edges in blocks, so that all values of an edge that a step reads are close together in memory. Unused entries
 * of a vertex's last block have rate 0 and never pull.
 *
 * @param phases of the edges, see core's pullPhases
 * @param blocks see `blockOffsets`
 * @param words zeros, `WORDS_OF_BLOCK` for each block
 */
export function fillEdgeBlocks(
  { offsets, targets, rates }: SparseGraph,
  phases: Uint32Array,
  blocks: Uint32Array,
  words: Uint32Array,
): void {
  for (let vertex = 0; vertex + 1 < offsets.length; vertex++) {
    for (let edge = offsets[vertex]; edge < offsets[vertex + 1]; edge++) {
      const place = edge - offsets[vertex];
      const at = (blocks[vertex] + Math.floor(place / EDGES)) * WORDS_OF_BLOCK + (place % EDGES);
      words[at] = rates[edge];
      words[at + EDGES] = phases[edge];
      words[at + 2 * EDGES] = targets[edge];
    }
  }
}
