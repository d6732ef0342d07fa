import { cellAt } from '../table/cells.ts';
import type { DateColumn, NumberColumn } from '../table/table.ts';
import { headOf, offerMissing, type DescriptionPlace } from './description-place.ts';
import { numberEffects } from './number-effects.ts';
import type { Quartiles } from './quantiles.ts';
import type { ColumnSummary, DateTrait, NumberTrait } from './types.ts';

/** Numbers and dates: greater or smaller, earlier or later. */
export async function describeNumbers(
  column: NumberColumn | DateColumn,
  place: DescriptionPlace,
): Promise<ColumnSummary> {
  const { groups, sample, traits, signal, index } = place;
  const found = await numberEffects(column.values, groups, sample, signal);
  const missing = offerMissing(column, found.missingByCluster, place);
  const { overall } = found;
  const summary = { ...headOf(column, place), describedAs: column.type, missing };
  if (overall === undefined) return summary;
  for (let cluster = 0; cluster < groups.clusters; cluster++) {
    const own = found.quartiles[cluster];
    const others = found.others[cluster];
    if (own === undefined || others === undefined) continue;
    const head = { column: index, name: column.name, effect: found.effects[cluster] };
    const trait: NumberTrait | DateTrait =
      column.type === 'number'
        ? { kind: 'number', ...head, ...own, overall: overall.median, others }
        : {
            ...{ kind: 'date', ...head, ...datesOf(column, own) },
            overall: dateOf(column, overall.median),
            others: dateOf(column, others),
          };
    if (!traits.offer(cluster, trait, found.chances[cluster])) {
      traits.offerMiddle(cluster, { ...trait, middle: true }, found.middleChances[cluster]);
    }
  }
  return { ...summary, ...(column.type === 'number' ? overall : datesOf(column, overall)) };
}

function datesOf(column: DateColumn, { lower, median, upper }: Quartiles) {
  return { lower: dateOf(column, lower), median: dateOf(column, median), upper: dateOf(column, upper) };
}

/** A value as the column's cells are written; a quartile can lie between two of them. */
function dateOf(column: DateColumn, value: number): string {
  return String(cellAt({ ...column, values: Float64Array.of(Math.round(value)) }, 0));
}
