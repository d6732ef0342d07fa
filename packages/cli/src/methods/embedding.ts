import { InvalidArgumentError, type Matrix } from '@shoal/core';
import type { FittedSpace } from './method.ts';
import type { MethodOptions, OptionName } from './options.ts';

// The common parts of methods with UMAP. They are loaded only when such a method is fitted or loaded.

/** Options of the embedding. */
export const EMBEDDING_OPTIONS = [
  'neighbors',
  'dimensions',
  'minDist',
  'layoutEpochs',
  'scaling',
] as const satisfies OptionName[];

/**
 * Settings of UMAP, and of the scaling before it.
 *
 * @throws {InvalidArgumentError} for a scaling that UMAP does not accept
 */
export function embeddingOf({
  method,
  scaling,
  neighbors,
  dimensions,
  minDist,
  layoutEpochs,
}: MethodOptions) {
  if (scaling !== undefined && scaling !== 'none' && scaling !== 'unit') {
    throw new InvalidArgumentError(`--scaling takes none or unit with ${method}; got "${scaling}".`);
  }
  return {
    umap: { neighbors, dimensions, minDist, epochs: layoutEpochs },
    unitLength: scaling === undefined ? undefined : scaling === 'unit',
  };
}

/** The space of the clusters of an embedding. */
export function spaceOfEmbedding(model: {
  readonly embedding: Matrix;
  transform(points: Matrix, options: { readonly signal: AbortSignal }): Promise<Matrix>;
}): FittedSpace {
  return {
    name: 'the UMAP embedding',
    ofTraining: () => Promise.resolve(model.embedding),
    of: (points, signal) => model.transform(points, { signal }),
  };
}
