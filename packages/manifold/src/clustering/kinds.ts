import { CLUSTERER_KINDS, type ChoiceOf, type ChoiceWithout } from '@shoal/core';
import { cutKind } from '../cut/kind.ts';
import { defaultEmbeddingHdbscan, defaultEmbeddingKMeans, defaultEmbeddingMixture } from './presets.ts';

/** The kinds of clustering that an embedding can be clustered by, by name. */
export const EMBEDDING_KINDS = [...CLUSTERER_KINDS, cutKind] as const;

/**
 * A kind of the table and its settings, which replace those of its preset. Rows are scaled before they are embedded,
 * not after.
 */
export type EmbeddingChoice = ChoiceWithout<ChoiceOf<(typeof EMBEDDING_KINDS)[number]>, 'scaling'>;

/** Settings that suit embeddings, by the name of the kind. */
export const EMBEDDING_PRESETS: Readonly<Record<string, object | undefined>> = {
  gmm: defaultEmbeddingMixture,
  hdbscan: defaultEmbeddingHdbscan,
  kmeans: defaultEmbeddingKMeans,
};
