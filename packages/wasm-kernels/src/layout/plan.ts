import type { SparseGraph } from '@shoal/core';
import { PARTS_OF_NEGATIVE, RATE_OF_ONE, type GraphLayoutOptions } from '@shoal/core/engine-kit';
import type { GraphLayoutGlobals } from '../kernels.ts';
import { MemoryLayout } from '../memory-layout.ts';
import { threadsFor, type WorkOptions } from '../work.ts';
import { blockOffsets, WORDS_OF_BLOCK } from './edge-blocks.ts';
import { FORCE_TABLE_LENGTH } from './force-table.ts';

/** Cost of one move in multiply-adds, apart from those of its coordinates. */
const OPERATIONS_PER_MOVE = 16;
/** Vertices of a call, few enough for threads to share a step evenly, and the most calls of one step. */
const CHUNK_VERTICES = 256;
const MAX_CHUNKS = 256;

/** Where the arrays of a layout are, and how its work is divided. */
export interface GraphLayoutPlan {
  readonly layout: MemoryLayout;
  /** First block of each vertex, N + 1 values. */
  readonly blocks: Uint32Array;
  readonly threads: number;
  readonly chunks: number;
  /** Floats of a padded place. */
  readonly stride: number;
  readonly globals: GraphLayoutGlobals;
}

export function planGraphLayout(
  graph: SparseGraph,
  reachable: number,
  options: GraphLayoutOptions,
  work: WorkOptions,
): GraphLayoutPlan {
  const { offsets, targets, rates } = graph;
  const { dimensions, anchors, negatives } = options;
  const blocks = blockOffsets(graph);
  const layout = new MemoryLayout();
  const vertices = offsets.length - 1;
  const stride = 4 * Math.ceil(dimensions / 4);
  const places = 4 * vertices * stride;
  const pulls = rates.reduce((sum, rate) => sum + rate, 0) / RATE_OF_ONE;
  const moves = pulls * ((anchors === undefined ? 2 : 1) + negatives);
  const operations = moves * (stride + OPERATIONS_PER_MOVE) + targets.length;
  const chunkVertices = Math.max(CHUNK_VERTICES, Math.ceil(vertices / MAX_CHUNKS));
  return {
    layout,
    blocks,
    threads: threadsFor(operations, work),
    chunks: Math.ceil(vertices / chunkVertices),
    stride,
    globals: {
      vertices,
      chunkVertices,
      placeBytes: 4 * stride,
      blockOffsets: layout.reserve(blocks.byteLength),
      edgeBlocks: layout.reserve(4 * WORDS_OF_BLOCK * blocks[vertices]),
      evenPlaces: layout.reserve(places),
      oddPlaces: layout.reserve(places),
      anchorPlaces: anchors === undefined ? 0 : layout.reserve(4 * reachable * stride),
      reachable,
      negatives: Math.round(negatives * PARTS_OF_NEGATIVE),
      attractions: layout.reserve(4 * FORCE_TABLE_LENGTH),
      repulsions: layout.reserve(4 * FORCE_TABLE_LENGTH),
    },
  };
}
