import { MISSING_CODE } from '../table/cells.ts';
import type { TextColumn } from '../table/table.ts';
import { headOf, offerMissing, type DescriptionPlace } from './description-place.ts';
import type { ColumnSummary } from './types.ts';
import { wordEffects } from './word-effects.ts';

/** Sentences and other texts that hardly repeat: their distinctive words. */
export async function describeWords(column: TextColumn, place: DescriptionPlace): Promise<ColumnSummary> {
  const { groups, sample, traits, signal, index } = place;
  const missingByCluster = new Uint32Array(groups.sizes.length);
  for (const [row, code] of column.codes.entries()) {
    if (code === MISSING_CODE) missingByCluster[groups.labels[row]]++;
  }
  const missing = offerMissing(column, missingByCluster, place);
  for (const [cluster, found] of (await wordEffects(column, sample, signal)).entries()) {
    if (found === undefined) continue;
    const { words, effect, chance } = found;
    traits.offer(cluster, { kind: 'words', column: index, name: column.name, effect, words }, chance);
  }
  return { ...headOf(column, place), describedAs: 'words', missing };
}
