import type { ViewColumn } from '../data/columns.ts';
import type { ClusteringData } from '../data/types.ts';
import { columnName, columnTitles } from '../interaction/describe.ts';

/** What the points of a group have in a column, beside all other points. */
export interface ColumnFact {
  readonly title: string;
  readonly kind: 'number' | 'date' | 'time' | 'share';
  /** The text or value whose share is compared. */
  readonly level?: string | undefined;
  /** Mean of the group and of the others; milliseconds since 1970 of dates, or of the day, shares from 0 to 1. NaN without values. */
  readonly own: number;
  readonly others: number;
  /** The difference in standard deviations of the whole column; 0 where one of both has no values. */
  readonly effect: number;
  /** The ends of the scale: the least and the greatest mean of a group, or 0 and 1. */
  readonly low: number;
  readonly high: number;
}

/** Which group each point is in, G of them; `groups` or more means none, and counts among the others. */
export interface PointGroups {
  readonly labels: ArrayLike<number>;
  readonly groups: number;
  /** 1 for each point that counts; default all. */
  readonly passing?: Uint8Array | undefined;
}

/** Facts of every group about every column, column by column: `facts[column][group]`. */
type Facts = readonly (readonly ColumnFact[])[];

/** Differences below this, in standard deviations, are small: Cohen (1988). */
const LEAST_EFFECT = 0.2;
/** Texts of more levels are names and sentences, of which each occurs once. */
const MAX_LEVELS = 1000;
/** The most numbers to count levels with. */
const MAX_COUNTS = 1 << 22;
/** The most columns of points that are not of a table. */
const MAX_COLUMNS = 500;

/** A column by its numbers; of levels, by the code of each. */
interface Source {
  readonly title: string;
  readonly kind: ColumnFact['kind'];
  readonly levels?: readonly string[] | undefined;
  /** NaN, or the code of no level, where there is no value. */
  readonly at: (point: number) => number;
}

export function columnFacts(data: ClusteringData, grouped: PointGroups): Facts {
  return sourcesOf(data).flatMap((source) => {
    const facts = source.levels
      ? levelFacts(source, source.levels, data.count, grouped)
      : numberFacts(source, data.count, grouped);
    return facts === undefined ? [] : [facts];
  });
}

/** The facts of a group, the largest difference first, without columns that hardly differ. */
export function largestFacts(
  facts: readonly (readonly ColumnFact[])[],
  group: number,
): readonly ColumnFact[] {
  return facts
    .map((column) => column[group])
    .filter(({ effect }) => Math.abs(effect) >= LEAST_EFFECT)
    .sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
}

function sourcesOf(data: ClusteringData): readonly Source[] {
  const { columns, points } = data;
  if (columns !== undefined) {
    const titles = columnTitles(columns);
    return columns.map((column, i) => sourceOf(column, titles[i]));
  }
  if (points === undefined || points.columns > MAX_COLUMNS) return [];
  return Array.from({ length: points.columns }, (_, j) => ({
    title: columnName(data, j),
    kind: 'number',
    at: (point) => (point < points.rows ? points.data[point * points.columns + j] * points.scale : NaN),
  }));
}

function sourceOf(column: ViewColumn, title: string): Source {
  switch (column.type) {
    case 'number':
      return { title, kind: 'number', at: (point) => column.values[point] };
    case 'date':
      return {
        title,
        kind: column.precision === 'time' ? 'time' : 'date',
        at: (point) => column.values[point],
      };
    case 'boolean':
      return { title, kind: 'share', levels: ['false', 'true'], at: (point) => column.values[point] };
    case 'text':
      return { title, kind: 'share', levels: column.texts, at: (point) => column.codes[point] };
  }
}

function numberFacts(
  { title, kind, at }: Source,
  count: number,
  { labels, groups, passing }: PointGroups,
): ColumnFact[] {
  const counts = new Float64Array(groups + 1);
  const sums = new Float64Array(groups + 1);
  let [origin, squares] = [NaN, 0];
  for (let point = 0; point < count; point++) {
    const value = at(point);
    if (!Number.isFinite(value) || passing?.[point] === 0) continue;
    // Sums of differences from one of the values keep the digits of values far from 0.
    if (Number.isNaN(origin)) origin = value;
    const group = Math.min(labels[point], groups);
    counts[group]++;
    sums[group] += value - origin;
    squares += (value - origin) ** 2;
  }
  const all = counts.reduce((sum, each) => sum + each, 0);
  const total = sums.reduce((sum, each) => sum + each, 0);
  const deviation = Math.sqrt(Math.max(0, squares / all - (total / all) ** 2));
  const means = Array.from({ length: groups }, (_, group) => origin + sums[group] / counts[group]);
  const known = means.filter(Number.isFinite);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return means.map((own, group) => {
    const others = origin + (total - sums[group]) / (all - counts[group]);
    return {
      title,
      kind,
      own,
      others,
      effect: effectOf(own - others, deviation),
      low: Math.min(low, others),
      high: Math.max(high, others),
    };
  });
}

/** Of the level whose share differs most from that of the others. */
function levelFacts(
  { title, kind, at }: Source,
  levels: readonly string[],
  count: number,
  { labels, groups, passing }: PointGroups,
): ColumnFact[] | undefined {
  const width = levels.length;
  if (width > MAX_LEVELS || width * (groups + 1) > MAX_COUNTS) return undefined;
  const counts = new Float64Array((groups + 1) * width);
  const sizes = new Float64Array(groups + 1);
  const totals = new Float64Array(width);
  for (let point = 0; point < count; point++) {
    const code = at(point);
    if (!(code >= 0 && code < width) || passing?.[point] === 0) continue;
    const group = Math.min(labels[point], groups);
    counts[group * width + code]++;
    sizes[group]++;
    totals[code]++;
  }
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return Array.from({ length: groups }, (_, group) => {
    let best: ColumnFact = { title, kind, own: NaN, others: NaN, effect: 0, low: 0, high: 1 };
    for (let code = 0; code < width; code++) {
      const own = counts[group * width + code] / sizes[group];
      const others = (totals[code] - counts[group * width + code]) / (all - sizes[group]);
      const share = totals[code] / all;
      const effect = effectOf(own - others, Math.sqrt(share * (1 - share)));
      if (effect > best.effect) best = { ...best, level: levels[code], own, others, effect };
    }
    return best;
  });
}

function effectOf(difference: number, deviation: number): number {
  return deviation > 0 && Number.isFinite(difference) ? difference / deviation : 0;
}

const known = new WeakMap<object, { readonly of: readonly unknown[]; readonly facts: Facts }>();

/**
 * Facts of the clusters, computed once for the same labels and columns.
 *
 * @param passing 1 for each point that counts; default all
 */
export function clusterFacts(data: ClusteringData, passing?: Uint8Array): Facts {
  const { labels, clusters, columns, points } = data;
  const of = [labels, clusters, columns, points];
  const last = known.get(passing ?? labels);
  if (last?.of.every((part, i) => part === of[i]) === true) return last.facts;
  const facts = columnFacts(data, { labels, groups: clusters, passing });
  known.set(passing ?? labels, { of, facts });
  return facts;
}
