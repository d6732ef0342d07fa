import type { BooleanColumn, TextColumn } from '@shoal/tables';
import type { ViewColumn } from '../data/columns.ts';
import { NO_CLUSTER } from '../data/labels.ts';
import type { Grouping } from '../state/grouping.ts';
import { levelColors } from './level-colors.ts';
import { scaleColors } from './scale-colors.ts';
import { valueScale } from './value-scale.ts';

/** The most values with a color of their own; more colors could not be told apart. */
const MAX_LEVELS = 12;
/** Colors of a scale: steps that the eye does not see. */
const SCALE_COLORS = 256;

/**
 * Colors by a column: its most frequent texts, one color each, and one for all others; numbers and dates on a scale.
 * Points without a value have no group.
 *
 * @param count points, N
 */
export function columnGrouping(column: ViewColumn, count: number): Grouping {
  switch (column.type) {
    case 'text':
      return ofLevels(column.texts, column.codes, count);
    case 'boolean':
      return ofLevels(['false', 'true'], column.values, count);
    case 'number':
    case 'date':
      return ofScale(valueScale(column), column.values, count);
  }
}

/** @param codes which text each point has; any other number means none */
function ofLevels(
  texts: TextColumn['texts'],
  codes: TextColumn['codes'] | BooleanColumn['values'],
  count: number,
): Grouping {
  const sizes = new Uint32Array(texts.length);
  let without = 0;
  for (let point = 0; point < count; point++) {
    const code = codes[point];
    if (code >= 0 && code < texts.length) sizes[code]++;
    else without++;
  }
  const used = texts.map((_, code) => code).filter((code) => sizes[code] > 0);
  used.sort((a, b) => sizes[b] - sizes[a] || a - b);
  const listed = used.slice(0, used.length > MAX_LEVELS ? MAX_LEVELS - 1 : MAX_LEVELS);
  const others = used.slice(listed.length);
  const groupOf = new Uint32Array(texts.length).fill(listed.length);
  listed.forEach((code, group) => {
    groupOf[code] = group;
  });
  const groups = listed.map((code, group) => ({
    group,
    name: texts[code] === '' ? '(empty text)' : texts[code],
    size: sizes[code],
  }));
  if (others.length > 0) {
    const size = others.reduce((sum, code) => sum + sizes[code], 0);
    groups.push({
      group: groups.length,
      name: `${others.length.toLocaleString('en-US')} other values`,
      size,
    });
  }
  return {
    labels: Uint32Array.from({ length: count }, (_, point) => {
      const code = codes[point];
      return code >= 0 && code < texts.length ? groupOf[code] : NO_CLUSTER;
    }),
    colors: groups.length,
    groups,
    without,
    lacking: 'value',
    paletteOn: (background, name) => levelColors(listed.length, others.length > 0, background, name),
  };
}

function ofScale(scale: NonNullable<Grouping['scale']>, values: ArrayLike<number>, count: number): Grouping {
  const { low, high } = scale;
  const steps = SCALE_COLORS - 1;
  const factor = high > low ? steps / (high - low) : 0;
  const labels = new Uint32Array(count);
  let without = 0;
  for (let point = 0; point < count; point++) {
    const value = values[point];
    if (Number.isNaN(value)) {
      labels[point] = NO_CLUSTER;
      without++;
    } else {
      labels[point] = Math.round((Math.min(high, Math.max(low, value)) - low) * factor);
    }
  }
  return {
    labels,
    colors: SCALE_COLORS,
    groups: [],
    without,
    lacking: 'value',
    scale,
    paletteOn: (background) => scaleColors(SCALE_COLORS, background),
  };
}
