import { agglomerativeKind } from '../agglomerative/kind.ts';
import { dbscanKind } from '../density/dbscan-kind.ts';
import { hdbscanKind } from '../density/hdbscan-kind.ts';
import { bayesianMixtureKind } from '../bayesian-gmm/kind.ts';
import { bisectingKMeansKind } from '../bisecting-kmeans/kind.ts';
import { DataError, InvalidArgumentError } from '../errors.ts';
import { mixtureKind } from '../gmm/kind.ts';
import { kmeansKind } from '../kmeans/kind.ts';
import { miniBatchKMeansKind } from '../minibatch-kmeans/kind.ts';
import { shown } from '../number-array.ts';
import { sizedKMeansKind } from '../sized-kmeans/kind.ts';
import type { ChoiceOf, ClustererKind, OwnChoice } from './clusterer.ts';

/** The kinds of clustering in core; they take any points. */
export const CLUSTERER_KINDS = [
  kmeansKind,
  mixtureKind,
  miniBatchKMeansKind,
  sizedKMeansKind,
  bisectingKMeansKind,
  bayesianMixtureKind,
  hdbscanKind,
  dbscanKind,
  agglomerativeKind,
] as const;

/** A kind of core and its settings. */
export type ClustererChoice = ChoiceOf<(typeof CLUSTERER_KINDS)[number]>;

/** The chosen kind and its settings, without its name. */
export interface Chosen {
  readonly kind: ClustererKind;
  readonly settings: object;
}

/**
 * Finds the kind that was chosen.
 *
 * @param choice `{ method, ...settings }` of a kind of the table, or `{ kind, ...settings }` of any
 * @throws {InvalidArgumentError} when there is no choice, or the table has no such method
 */
export function chosenKind(
  choice: { readonly method: string } | OwnChoice,
  table: readonly ClustererKind[],
): Chosen {
  requireChoice(choice);
  if ('kind' in choice) {
    const { kind, ...settings } = choice;
    return { kind, settings };
  }
  const { method, ...settings } = choice;
  return { kind: kindNamed(method, table), settings };
}

/** The usual mistake is an option with another name, so that nothing is chosen. */
function requireChoice(choice: unknown): void {
  if (typeof choice === 'object' && choice !== null) return;
  throw new InvalidArgumentError(
    `A clustering is its method and its settings, such as { method: 'kmeans', clusters: 3 }; got ${shown(choice)}.`,
  );
}

/** @throws {InvalidArgumentError} when the table has no such method */
export function kindNamed(method: string, table: readonly ClustererKind[]): ClustererKind {
  const kind = table.find((known) => known.method === method);
  if (kind !== undefined) return kind;
  const known = table.map((each) => each.method).join(', ');
  throw new InvalidArgumentError(`method must be one of ${known}; got ${method}.`);
}

/**
 * The kind of clustering in a saved pipeline. The type of such a model is the name of the pipeline and the name of the
 * kind: "umap-gmm".
 *
 * @param start the pipeline's part of the type: "umap-"
 * @throws {DataError} when the type is a different one
 */
export function kindOfSaved(type: string, start: string, table: readonly ClustererKind[]): ClustererKind {
  const kind = table.find(({ method }) => type === `${start}${method}`);
  if (kind !== undefined) return kind;
  const known = table.map(({ method }) => `${start}${method}`).join(', ');
  throw new DataError(`This is a saved "${type}" model, not one of ${known}; load it with its own class.`);
}
