import type { Tensor } from '../model-state.ts';
import type { StateReader } from '../state-reader.ts';
import { Dendrogram } from './dendrogram.ts';

/** A dendrogram as tensors of a saved model; `readDendrogram` reads them back. */
export function dendrogramTensors({ left, right, heights }: Dendrogram): Readonly<Record<string, Tensor>> {
  const shape = [heights.length];
  return {
    'tree.left': { data: left, shape },
    'tree.right': { data: right, shape },
    'tree.heights': { data: heights, shape },
  };
}

/**
 * @param leaves of the tree
 * @throws {DataError} when it is damaged, or has another number of leaves
 */
export function readDendrogram(reader: StateReader, leaves: number): Dendrogram {
  const parts = 2 * leaves - 1;
  const merges = {
    left: reader.labels('tree.left', parts),
    right: reader.labels('tree.right', parts),
    heights: reader.float64('tree.heights', [leaves - 1]),
  };
  return reader.verify(() => new Dendrogram(merges));
}
