import type { DateColumn, NumberColumn } from '@shoal/tables';
import { dateTicks, numberTicks } from '../columns/ticks.ts';
import type { ClusteringData } from '../data/types.ts';
import { columnOf, type NamedColumn } from '../interaction/named-columns.ts';
import type { MapBy } from '../state/column-id.ts';
import type { AxisScale, ChosenPlacement } from '../state/placement.ts';

/**
 * A map whose axes are two columns of numbers or dates. Both are stretched to the same width, because their units have nothing
 * to do with each other; a point without one of its values has no place.
 *
 * @returns undefined when the data does not have both columns
 */
export function axesMap(data: ClusteringData, { x, y }: Exclude<MapBy, string>): ChosenPlacement | undefined {
  const across = numbersOf(columnOf(data, x));
  const up = numbersOf(columnOf(data, y));
  if (across === undefined || up === undefined) return undefined;
  const scales = [scaleOf(across), scaleOf(up)] as const;
  const positions = new Float32Array(2 * data.count);
  [across.column.values, up.column.values].forEach((values, axis) => {
    const { low, width } = scales[axis];
    for (let point = 0; point < data.count; point++)
      positions[2 * point + axis] = (values[point] - low) / width;
  });
  return { positions, origin: undefined, scales, projection: `${across.title} across, ${up.title} up` };
}

interface NumbersOf {
  readonly title: string;
  readonly column: NumberColumn | DateColumn;
}

function scaleOf({ title, column }: NumbersOf): AxisScale {
  const { low, high } = extentOf(column.values);
  return {
    title,
    low,
    width: high > low ? high - low : 1,
    ticks: (from, to) =>
      column.type === 'date' ? dateTicks(from, to, column.precision) : numberTicks(from, to, column.integers),
  };
}

function numbersOf(named: NamedColumn | undefined): NumbersOf | undefined {
  if (named?.column.type !== 'number' && named?.column.type !== 'date') return undefined;
  return { title: named.title, column: named.column };
}

function extentOf(values: ArrayLike<number>): { readonly low: number; readonly high: number } {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) continue;
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
  }
  return { low, high };
}
