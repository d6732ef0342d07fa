import { InvalidArgumentError, type Matrix } from '@shoal/core';
import type { EmbeddingClustering } from '@shoal/manifold';
import { CUT, KMEANS, MIXTURE, type NamedClustering } from './clusterings.ts';
import type { FittedSpace } from './method.ts';
import type { MethodOptions, OptionName } from './options.ts';

// What methods with UMAP have in common. It is loaded when one is fitted or loaded, and not before.

/** Options of the embedding. */
export const EMBEDDING_OPTIONS = [
  'neighbors',
  'dimensions',
  'minDist',
  'layoutEpochs',
  'scaling',
] as const satisfies OptionName[];

/** A kind of clustering that an embedding may have. */
export interface OfEmbedding extends NamedClustering {
  readonly choose: (options: MethodOptions) => EmbeddingClustering;
}
export const EMBEDDED_KMEANS: OfEmbedding = {
  ...KMEANS,
  choose: (options) => ({ method: 'kmeans', ...KMEANS.settings(options) }),
};
export const EMBEDDED_MIXTURE: OfEmbedding = {
  ...MIXTURE,
  choose: (options) => ({ method: 'gmm', ...MIXTURE.settings(options) }),
};
export const EMBEDDED_CUT: OfEmbedding = {
  ...CUT,
  choose: (options) => ({ method: 'cut', ...CUT.settings(options) }),
};

/**
 * Settings of UMAP, and of the scaling before it.
 *
 * @throws {InvalidArgumentError} for a scaling that UMAP does not take
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
    umap: { neighbors, components: dimensions, minDist, epochs: layoutEpochs },
    unitLength: scaling === undefined ? undefined : scaling === 'unit',
  };
}

/** Where the clusters of an embedding live. */
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
