import type { ViewColumn } from '../data/columns.ts';
import type { ClusteringData } from '../data/types.ts';
import { columnOf } from '../interaction/named-columns.ts';
import type { Filter, RangeFilter, ValuesFilter } from '../state/filter.ts';

/** 1 for each point that passes, else 0. */
type Mask = Uint8Array;

/** Levels of each point by their numbers, and which of these numbers pass. */
interface Levels {
  readonly codes: ArrayLike<number>;
  /** One for each level. */
  readonly passes: readonly boolean[];
  /** Whether points of no level pass. */
  readonly others: boolean;
}

/**
 * The points that pass all filters.
 *
 * @returns undefined when none of the filters is about something that the data has
 */
export function filterMask(filters: readonly Filter[], data: ClusteringData): Mask | undefined {
  const masks = filters.map((filter) => maskOf(filter, data)).filter((mask) => mask !== undefined);
  if (masks.length === 0) return undefined;
  const [first, ...rest] = masks;
  for (const mask of rest) for (let point = 0; point < first.length; point++) first[point] &= mask[point];
  return first;
}

function maskOf(filter: Filter, data: ClusteringData): Mask | undefined {
  if (!('values' in filter)) return rangeMask(filter, data);
  const levels = levelsOf(filter, data);
  if (levels === undefined) return undefined;
  const { codes, passes, others } = levels;
  const mask = new Uint8Array(data.count);
  for (let point = 0; point < data.count; point++) {
    const code = codes[point];
    mask[point] = Number(code >= 0 && code < passes.length ? passes[code] : others);
  }
  return mask;
}

function rangeMask(
  { by, low = -Infinity, high = Infinity, missing = false }: RangeFilter,
  data: ClusteringData,
): Mask | undefined {
  const { column } = columnOf(data, by) ?? {};
  if (column?.type !== 'number' && column?.type !== 'date') return undefined;
  const { values } = column;
  const mask = new Uint8Array(data.count);
  for (let point = 0; point < data.count; point++) {
    const value = values[point];
    mask[point] = Number(Number.isNaN(value) ? missing : value >= low && value <= high);
  }
  return mask;
}

function levelsOf({ by, values }: ValuesFilter, data: ClusteringData): Levels | undefined {
  const wanted = new Set(values);
  const others = wanted.has(null);
  if (by === 'cluster') {
    const passes = Array.from({ length: data.clusters }, (_, cluster) => wanted.has(cluster));
    return { codes: data.labels, passes, others };
  }
  if (by === 'class') {
    const { classes } = data;
    return (
      classes && { codes: classes.labels, passes: classes.names.map((name) => wanted.has(name)), others }
    );
  }
  const { column } = columnOf(data, by) ?? {};
  const texts = column && levelTexts(column);
  return texts && { ...texts, passes: texts.levels.map((text) => wanted.has(text)), others };
}

/** The texts of a column, or the words for false and true; undefined for a column of numbers or dates. */
export function levelTexts(
  column: ViewColumn,
): { readonly levels: readonly string[]; readonly codes: ArrayLike<number> } | undefined {
  if (column.type === 'text') return { levels: column.texts, codes: column.codes };
  return column.type === 'boolean' ? { levels: ['false', 'true'], codes: column.values } : undefined;
}
