import { InvalidArgumentError } from '../errors.ts';
import { requireWholeNumber } from '../validation.ts';

/**
 * Checks a number of clusters to cut a tree into.
 *
 * @throws {InvalidArgumentError} when the tree does not have so many leaves
 */
export function requireCut(clusters: number, leaves: number): void {
  requireWholeNumber('The number of clusters', clusters, 1);
  if (clusters <= leaves) return;
  throw new InvalidArgumentError(
    `${clusters} clusters need at least as many leaves; this tree has ${leaves}.`,
  );
}
