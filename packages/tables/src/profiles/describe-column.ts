import { cellAt } from '../table/cells.ts';
import type { BooleanColumn, Column, DateColumn, NumberColumn, TextColumn } from '../table/table.ts';
import { normalTails } from './chance.ts';
import type { Groups } from './groups.ts';
import { countLevels } from './level-counts.ts';
import { numberEffects } from './number-effects.ts';
import type { Sample } from './sample.ts';
import { shareEffect } from './share-effect.ts';
import type { TraitLists } from './trait-lists.ts';
import type { ColumnSummary } from './types.ts';
import { wordEffects } from './word-effects.ts';

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

/** Finds the traits of one column, and sums it up. */
export async function describeColumn(column: Column, place: DescriptionPlace): Promise<ColumnSummary> {
  switch (column.type) {
    case 'number':
    case 'date':
      return describeNumbers(column, place);
    case 'boolean':
      return describeLevels(column, place);
    case 'text':
      return isOfLevels(column) ? describeLevels(column, place) : describeWords(column, place);
    case 'vector':
    case 'bytes':
      return { ...headOf(column, place), describedAs: 'none', missing: 0 };
  }
}

function headOf({ name, type }: Column, { index }: DescriptionPlace) {
  return { column: index, name, type };
}

/** Text columns with more different texts are read as sentences, */
const MAX_LEVELS = 50;
/** unless each is there as many times. */
const MIN_REPEATS = 10;

function isOfLevels({ texts, codes }: TextColumn): boolean {
  return texts.length <= MAX_LEVELS || texts.length * MIN_REPEATS <= codes.length;
}

async function describeNumbers(
  column: NumberColumn | DateColumn,
  place: DescriptionPlace,
): Promise<ColumnSummary> {
  const { groups, sample, traits, signal, index } = place;
  const found = await numberEffects(column.values, groups, sample, signal);
  offerMissing(column, found.missingByCluster, place);
  const { overall } = found;
  const summary = { ...headOf(column, place), describedAs: column.type, missing: found.missing };
  if (overall === undefined) return summary;
  for (let cluster = 0; cluster < groups.clusters; cluster++) {
    const own = found.quartiles[cluster];
    if (own === undefined) continue;
    const head = { column: index, name: column.name, effect: found.effects[cluster] };
    // A mean and ranks that differ in direction say that there is no direction.
    const isOneWay = found.effects[cluster] * found.rankScores[cluster] > 0;
    const chance = isOneWay ? normalTails(found.rankScores[cluster]) : 1;
    if (column.type === 'number') {
      traits.offer(cluster, { kind: 'number', ...head, ...own, overall: overall.median }, chance);
    } else {
      const period = datesOf(column, own);
      traits.offer(
        cluster,
        { kind: 'date', ...head, ...period, overall: dateOf(column, overall.median) },
        chance,
      );
    }
  }
  return { ...summary, ...(column.type === 'number' ? overall : datesOf(column, overall)) };
}

function datesOf(column: DateColumn, { lower, median, upper }: Record<'lower' | 'median' | 'upper', number>) {
  return { lower: dateOf(column, lower), median: dateOf(column, median), upper: dateOf(column, upper) };
}

/** A value as the column's cells are written; a quartile can lie between two days. */
function dateOf(column: DateColumn, value: number): string {
  return String(cellAt({ ...column, values: Float64Array.of(Math.round(value)) }, 0));
}

/** Levels that a summary lists. */
const LISTED = 10;
/** A level that is there says more than one that is not: it may differ by so much less. */
const PRESENCE = 1.1;

async function describeLevels(
  column: BooleanColumn | TextColumn,
  place: DescriptionPlace,
): Promise<ColumnSummary> {
  const { groups, traits, signal, index } = place;
  const { levels, totals, counts, missingByCluster } = await countLevels(column, groups, signal);
  const rows = groups.labels.length;
  offerMissing(column, missingByCluster, place);
  for (let cluster = 0; cluster < groups.clusters; cluster++) {
    const differences = levels.flatMap((level, i) => {
      const found = counts[cluster * levels.length + i];
      const difference = shareEffect(found, groups.sizes[cluster], totals[i], rows);
      return difference === undefined ? [] : [{ level, ...difference }];
    });
    const weigh = ({ effect }: { effect: number }) => (effect > 0 ? effect * PRESENCE : -effect);
    const best = differences.reduce<(typeof differences)[number] | undefined>(
      (most, each) => (most === undefined || weigh(each) > weigh(most) ? each : most),
      undefined,
    );
    if (best === undefined) continue;
    const { level, effect, share, overall, lift, chance } = best;
    const trait = {
      kind: 'level',
      column: index,
      name: column.name,
      effect,
      level,
      share,
      overall,
      lift,
    } as const;
    traits.offer(cluster, trait, chance() * levels.length);
  }
  return {
    ...headOf(column, place),
    describedAs: 'levels',
    missing: missingByCluster.reduce((sum, count) => sum + count, 0),
    levels: levels.slice(0, LISTED).map((level, i) => ({ level, share: totals[i] / rows })),
  };
}

async function describeWords(column: TextColumn, place: DescriptionPlace): Promise<ColumnSummary> {
  const { groups, sample, traits, signal, index } = place;
  const missingByCluster = new Uint32Array(groups.sizes.length);
  column.codes.forEach((code, row) => {
    if (code < 0) missingByCluster[groups.labels[row]]++;
  });
  offerMissing(column, missingByCluster, place);
  const effects = await wordEffects(column, sample, signal);
  effects.forEach((found, cluster) => {
    if (found === undefined) return;
    const { words, effect, chance } = found;
    traits.offer(cluster, { kind: 'words', column: index, name: column.name, effect, words }, chance);
  });
  const missing = missingByCluster.reduce((sum, count) => sum + count, 0);
  return { ...headOf(column, place), describedAs: 'words', missing };
}

function offerMissing(
  { name }: Column,
  missingByCluster: Uint32Array,
  { groups, traits, index }: DescriptionPlace,
): void {
  const missing = missingByCluster.reduce((sum, count) => sum + count, 0);
  for (let cluster = 0; cluster < groups.clusters; cluster++) {
    const size = groups.sizes[cluster];
    const difference = shareEffect(missingByCluster[cluster], size, missing, groups.labels.length);
    if (difference === undefined) continue;
    const { effect, share, overall, lift, chance } = difference;
    traits.offer(cluster, { kind: 'missing', column: index, name, effect, share, overall, lift }, chance());
  }
}
