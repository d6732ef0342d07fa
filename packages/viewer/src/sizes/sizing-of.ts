import { valueScale } from '../columns/value-scale.ts';
import type { NamedColumn } from '../interaction/named-columns.ts';
import { USUAL_SIZE } from '../render/scatter.ts';
import type { Sizing } from '../state/sizing.ts';

/** Diameters of the smallest and the largest points, as parts of the usual one. */
const LEAST = 0.5;
const MOST = 2.5;

/**
 * Sizes by a column of numbers or dates: the area of a point grows evenly with its value. Outliers have the size of the ends, as
 * they have the colors of a scale.
 *
 * @param count points, N
 * @returns undefined for a column of texts or of true and false
 */
export function sizingOf(named: NamedColumn, count: number): Sizing | undefined {
  const { column } = named;
  if (column.type !== 'number' && column.type !== 'date') return undefined;
  const { values } = column;
  const { low, high } = valueScale(column);
  const bytes = new Uint8Array(count);
  let without = 0;
  for (let point = 0; point < count; point++) {
    const value = values[point];
    if (Number.isNaN(value)) without++;
    bytes[point] = Math.round(USUAL_SIZE * diameterAt(Number.isNaN(value) ? low : value, low, high));
  }
  return { column: named, bytes, low, high, without };
}

/** The diameter of a value, as a part of the usual one. */
export function diameterAt(value: number, low: number, high: number): number {
  if (!(high > low)) return 1;
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return Math.sqrt(LEAST ** 2 + share * (MOST ** 2 - LEAST ** 2));
}
