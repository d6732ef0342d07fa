import type { BooleanColumn, TextColumn } from '../table/table.ts';
import { headOf, offerMissing, type DescriptionPlace } from './description-place.ts';
import { countLevels } from './level-counts.ts';
import { shareEffect } from './share-effect.ts';
import type { ColumnSummary } from './types.ts';

/** Levels that a summary lists. */
const LISTED = 10;
/** A level that is there says more than one that is not: its difference counts as so much more. */
const PRESENCE = 1.1;

/** Categories, and true or false: the one level of each column that is the most distinctive. */
export async function describeLevels(
  column: BooleanColumn | TextColumn,
  place: DescriptionPlace,
): Promise<ColumnSummary> {
  const { groups, traits, signal, index } = place;
  const { levels, totals, counts, missingByCluster } = await countLevels(column, groups, signal);
  const rows = groups.labels.length;
  const missing = offerMissing(column, missingByCluster, place);
  for (let cluster = 0; cluster < groups.clusters; cluster++) {
    const differences = levels.flatMap((level, i) => {
      const found = counts[cluster * levels.length + i];
      const difference = shareEffect(found, groups.sizes[cluster], totals[i], rows);
      // Of two levels, less of one is more of the other.
      const isKept = difference !== undefined && (difference.effect > 0 || levels.length > 2);
      return isKept ? [{ level, ...difference }] : [];
    });
    differences.sort((a, b) => weigh(b.effect) - weigh(a.effect));
    for (const { chance, ...difference } of differences) {
      const trait = { kind: 'level', column: index, name: column.name, ...difference } as const;
      // Each level is another chance to differ.
      if (traits.offer(cluster, trait, () => chance() * levels.length)) break;
    }
  }
  return {
    ...headOf(column, place),
    describedAs: 'levels',
    missing,
    levels: levels.slice(0, LISTED).map((level, i) => ({ level, share: totals[i] / rows })),
  };
}

function weigh(effect: number): number {
  return effect > 0 ? effect * PRESENCE : -effect;
}
