import type { Color } from '../render/scatter.ts';

/** A color in OKLab: lightness from 0 to 1, and green-red and blue-yellow (Ottosson 2020). */
export type Oklab = readonly [lightness: number, a: number, b: number];

/** Linear light, each from 0 to 1 within sRGB. */
export type LinearRgb = readonly [red: number, green: number, blue: number];

export function toLinear(color: Color): LinearRgb {
  const [red, green, blue] = color;
  return [linear(red), linear(green), linear(blue)];
}

/** The nearest sRGB color in whole bytes; values outside of sRGB are clamped. */
export function fromLinear([red, green, blue]: LinearRgb): Color {
  return [encoded(red), encoded(green), encoded(blue)];
}

export function linearToOklab([red, green, blue]: LinearRgb): Oklab {
  const l = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const m = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const s = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

export function oklabToLinear([lightness, a, b]: Oklab): LinearRgb {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

export function toOklab(color: Color): Oklab {
  return linearToOklab(toLinear(color));
}

/** @param hue in turns: 1 is the full circle */
export function fromOklch(lightness: number, chroma: number, hue: number): Oklab {
  const angle = 2 * Math.PI * hue;
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
}

/** Whether the color is within sRGB. */
export function isInGamut(rgb: LinearRgb): boolean {
  return rgb.every((value) => value >= -1e-4 && value <= 1 + 1e-4);
}

/** The visible difference of two colors; about 0.02 is just noticeable. */
export function difference([l1, a1, b1]: Oklab, [l2, a2, b2]: Oklab): number {
  return Math.hypot(l1 - l2, a1 - a2, b1 - b2);
}

/** Contrast by WCAG 2, from 1 to 21. */
export function contrast(one: Color, other: Color): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Relative luminance, from 0 to 1. */
export function luminance(color: Color): number {
  const [red, green, blue] = toLinear(color);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The color `share` of the way from one color to another, in steps that look equal. */
export function mix(from: Color, to: Color, share: number): Color {
  const [a, b] = [toOklab(from), toOklab(to)];
  const between = (i: 0 | 1 | 2): number => a[i] + (b[i] - a[i]) * share;
  return fromLinear(oklabToLinear([between(0), between(1), between(2)]));
}

/** The color in CSS notation. */
export function cssColor([red, green, blue]: Color): string {
  return `rgb(${red} ${green} ${blue})`;
}

function linear(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function encoded(value: number): number {
  const cut = Math.min(1, Math.max(0, value));
  return Math.round(255 * (cut <= 0.0031308 ? 12.92 * cut : 1.055 * cut ** (1 / 2.4) - 0.055));
}
