import type { ClusteringData } from '../data/types.ts';
import { cellText } from './describe.ts';
import { found, nothing, type Finding } from './finding.ts';
import { namedColumns, type NamedColumn } from './named-columns.ts';

const CONDITION = /^(.+?)\s*(<=|>=|<|>|=|:)\s*(.+)$/;

/**
 * Finds points by a condition on a column: `<`, `<=`, `>`, `>=` and `=` compare numbers and dates, `=` whole texts, and `:` a part
 * of a text.
 *
 * @returns undefined when the query is not a condition on a column that there is
 */
export function findByCondition(query: string, data: ClusteringData): Finding | undefined {
  const parts = CONDITION.exec(query);
  if (parts === null) return undefined;
  const [, name, sign, value] = parts;
  const wanted = name.toLowerCase();
  const column = namedColumns(data).find(({ title }) => title.toLowerCase() === wanted);
  if (column === undefined) return undefined;
  const holds = conditionOf(column, sign, value);
  if (holds === undefined) {
    return nothing(`“${sign}” compares numbers and dates, but ${column.title} or “${value}” is neither.`);
  }
  const points = Uint32Array.from({ length: data.count }, (_, point) => point).filter(holds);
  return found(`with ${column.title} ${sign} ${value}`, points);
}

function conditionOf(
  { column }: NamedColumn,
  sign: string,
  value: string,
): ((point: number) => boolean) | undefined {
  if (column.type === 'number' || column.type === 'date') {
    const limit = column.type === 'number' ? Number(value) : Date.parse(value);
    const compare = COMPARISONS[sign === ':' ? '=' : sign];
    const { values } = column;
    return Number.isNaN(limit) ? undefined : (point) => compare(values[point], limit);
  }
  const wanted = value.toLowerCase();
  if (sign === '=') return (point) => cellText(column, point).toLowerCase() === wanted;
  return sign === ':' ? (point) => cellText(column, point).toLowerCase().includes(wanted) : undefined;
}

const COMPARISONS: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '<': (value, limit) => value < limit,
  '<=': (value, limit) => value <= limit,
  '>': (value, limit) => value > limit,
  '>=': (value, limit) => value >= limit,
  '=': (value, limit) => value === limit,
};
