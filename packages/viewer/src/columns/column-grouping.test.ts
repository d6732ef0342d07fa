import { tableOf } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { viewColumns } from '../data/columns.ts';
import { contrast, toOklab } from '../theme/oklab.ts';
import { columnGrouping } from './column-grouping.ts';
import { scaleColors } from './scale-colors.ts';

function groupingOf(values: readonly unknown[]) {
  const [column] = viewColumns(tableOf({ values }), values.length);
  return columnGrouping(column, values.length);
}

describe('columnGrouping', () => {
  it('gives each text a group, the most frequent first, and none to a missing one', () => {
    const { labels, groups, without, colors } = groupingOf(['b', 'a', null, 'a', '']);
    expect(groups).toEqual([
      { group: 0, name: 'a', size: 2 },
      { group: 1, name: 'b', size: 1 },
      { group: 2, name: '(empty text)', size: 1 },
    ]);
    expect([...labels]).toEqual([1, 0, 0xffffffff, 0, 2]);
    expect({ without, colors }).toEqual({ without: 1, colors: 3 });
  });

  it('has one gray group for the rarer of many texts', () => {
    const values = Array.from({ length: 60 }, (_, i) => (i < 40 ? `common ${i % 10}` : `rare ${i}`));
    const { labels, groups, paletteOn } = groupingOf(values);
    expect(groups).toHaveLength(12);
    expect(groups[11]).toEqual({ group: 11, name: '19 other values', size: 19 });
    expect(groups[10].size).toBe(1);
    expect(labels[59]).toBe(11);
    const colors = paletteOn?.([255, 255, 255], 'default') ?? [];
    expect(colors).toHaveLength(12);
    const [red, green, blue] = colors[11];
    expect(Math.max(red, green, blue) - Math.min(red, green, blue)).toBeLessThan(3);
    expect(contrast(colors[11], [255, 255, 255])).toBeGreaterThanOrEqual(3);
  });

  it('has two groups for true and false', () => {
    const { labels, groups } = groupingOf([true, null, true, false]);
    expect(groups.map(({ name, size }) => [name, size])).toEqual([
      ['true', 2],
      ['false', 1],
    ]);
    expect([...labels]).toEqual([0, 0xffffffff, 0, 1]);
  });

  it('puts numbers on a scale, and outliers at its ends', () => {
    const values = [...Array.from({ length: 101 }, (_, i) => i), NaN, -1e6];
    const { labels, groups, colors, without, scale } = groupingOf(values);
    expect({ groups, colors, without }).toEqual({ groups: [], colors: 256, without: 1 });
    const { low, high } = scale!;
    expect(labels[100]).toBe(255);
    expect(labels[50]).toBe(Math.round((255 * (50 - low)) / (high - low)));
    expect(labels[101]).toBe(0xffffffff);
    expect(labels[102]).toBe(0);
    expect(scale?.below).toBe(1);
  });

  it('gives all points one color when they have one value', () => {
    expect([...groupingOf([7, 7, 7]).labels]).toEqual([0, 0, 0]);
  });
});

describe('scaleColors', () => {
  it.each([
    ['white', [255, 255, 255]],
    ['dark', [17, 22, 28]],
    ['a middle gray', [118, 118, 118]],
  ] as const)('steps evenly, by lightness too, and is seen on %s', (name, background) => {
    const colors = scaleColors(64, background);
    const looks = colors.map(toOklab);
    const lightness = looks.map(([l]) => l);
    const direction = Math.sign(lightness[63] - lightness[0]);
    const steps = looks.slice(1).map((look, i) => Math.hypot(...look.map((value, j) => value - looks[i][j])));
    const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    for (const [i, step] of steps.entries()) {
      // Colors are rounded to bytes.
      expect(Math.abs(step - mean)).toBeLessThan(0.35 * mean);
      expect(Math.sign(lightness[i + 1] - lightness[i])).toBe(direction);
    }
    expect(Math.abs(lightness[63] - lightness[0])).toBeGreaterThan(name === 'a middle gray' ? 0.1 : 0.3);
    if (name === 'a middle gray') return;
    for (const color of colors) expect(contrast(color, background)).toBeGreaterThanOrEqual(3);
  });
});
