import { Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import type { Color } from '../render/scatter.ts';
import { seenAs, type ColorVision } from './color-vision.ts';
import { mutualNeighbors } from './neighbors.ts';
import { contrast, difference, toOklab } from './oklab.ts';
import { makePalette, type PaletteName } from './palettes.ts';

const light: Color = [255, 255, 255];
const dark: Color = [17, 22, 28];
const backgrounds = [
  ['light', light],
  ['dark', dark],
] as const;
const everyone: readonly ColorVision[] = ['normal', 'deuteranopia', 'protanopia'];

/** Places all over the unit square. */
function scattered(count: number): Float32Array {
  const random = new Random(count);
  return Float32Array.from({ length: 2 * count }, () => random.uniform());
}

/** The least difference of two colors over all the given kinds of vision. */
function least(a: Color, b: Color, visions: readonly ColorVision[]): number {
  return Math.min(...visions.map((vision) => difference(seenAs(a, vision), seenAs(b, vision))));
}

describe.each(backgrounds)('a palette on a %s background', (_, background) => {
  it.each([1, 2, 10, 13, 256, 1000])('has %d distinct colors with a contrast of 3', (count) => {
    for (const name of ['default', 'colorblind'] as const) {
      const palette = makePalette({ count, name, background, places: scattered(count) });
      expect(palette).toHaveLength(count);
      expect(new Set(palette.map(String)).size).toBe(count);
      expect(Math.min(...palette.map((color) => contrast(color, background)))).toBeGreaterThanOrEqual(3);
    }
  });

  it('has a few colors that all differ, for everyone if the palette is for everyone', () => {
    const pairs = (name: PaletteName, count: number, visions: readonly ColorVision[]): number => {
      const palette = makePalette({ count, name, background });
      return Math.min(
        ...palette.flatMap((color, i) => palette.slice(i + 1).map((other) => least(color, other, visions))),
      );
    };
    expect(pairs('default', 12, ['normal'])).toBeGreaterThan(0.18);
    for (const count of [13, 20, 30]) expect(pairs('default', count, ['normal'])).toBeGreaterThan(0.1);
    expect(pairs('colorblind', 20, everyone)).toBeGreaterThan(0.05);
    expect(pairs('colorblind', 10, everyone)).toBeGreaterThan(0.104);
  });

  // 0.02 is just noticeable. If neighbors were ignored, the least of these differences would be 0.007 to 0.012.
  it.each([
    ['default', 256, ['normal'], 0.15],
    ['default', 1000, ['normal'], 0.15],
    ['colorblind', 256, everyone, 0.1],
  ] as const)('of name %s with %d colors distinguishes neighbors', (name, count, visions, wanted) => {
    const places = scattered(count);
    const palette = makePalette({ count, name, background, places });
    const differences = mutualNeighbors(places, 4).flatMap((near, i) =>
      near.map((other) => least(palette[i], palette[other], visions)),
    );
    expect(Math.min(...differences)).toBeGreaterThan(wanted);
  });

  it('is the same for the same input', () => {
    const options = { count: 300, name: 'colorblind', background, places: scattered(300) } as const;
    expect(makePalette(options)).toEqual(makePalette(options));
  });
});

it('has colors for groups without a position, or all in one place', () => {
  for (const value of [NaN, 1]) {
    const palette = makePalette({
      count: 200,
      name: 'default',
      background: light,
      places: new Float32Array(400).fill(value),
    });
    expect(new Set(palette.map(String)).size).toBe(200);
  }
});

it('has colors on a medium gray background, too', () => {
  const palette = makePalette({ count: 64, name: 'default', background: [128, 128, 128] });
  expect(palette).toHaveLength(64);
  expect(Math.min(...palette.map((color) => contrast(color, [128, 128, 128])))).toBeGreaterThanOrEqual(1.5);
});

it('measures colors as published', () => {
  // Ottosson's own example values, and WCAG's contrast of black on white.
  expect(toOklab([255, 0, 0]).map((value) => value.toFixed(4))).toEqual(['0.6280', '0.2249', '0.1258']);
  expect(contrast([0, 0, 0], [255, 255, 255])).toBeCloseTo(21, 10);
  // People without M cones cannot distinguish red and green of the same lightness.
  const red: Color = [200, 100, 60];
  const green: Color = [122, 138, 60];
  expect(least(red, green, ['normal'])).toBeGreaterThan(4 * least(red, green, ['deuteranopia']));
});
