import type { Column } from '../table/table.ts';
import type { Groups } from './groups.ts';
import type { Sample } from './sample.ts';
import { shareEffect } from './share-effect.ts';
import type { TraitLists } from './trait-lists.ts';

/** What the description of a column needs to know. */
export interface DescriptionPlace {
  /** Index of the column in the table. */
  readonly index: number;
  readonly groups: Groups;
  readonly sample: Sample;
  /** Where its traits go. */
  readonly traits: TraitLists;
  readonly signal: AbortSignal | undefined;
}

/** How the summary of every column begins. */
export function headOf({ name, type }: Column, { index }: DescriptionPlace) {
  return { column: index, name, type };
}

/**
 * Offers missing values as a trait.
 *
 * @param missingByCluster rows without a value, by group
 * @returns how many there are in all
 */
export function offerMissing(
  { name }: Column,
  missingByCluster: Uint32Array,
  { groups, traits, index }: DescriptionPlace,
): number {
  const missing = missingByCluster.reduce((sum, count) => sum + count, 0);
  for (let cluster = 0; cluster < groups.clusters; cluster++) {
    const size = groups.sizes[cluster];
    const difference = shareEffect(missingByCluster[cluster], size, missing, groups.labels.length);
    if (difference === undefined) continue;
    const { chance, ...shares } = difference;
    traits.offer(cluster, { kind: 'missing', column: index, name, ...shares }, chance);
  }
  return missing;
}
