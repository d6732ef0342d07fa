import { quantity } from '../views/shared/format.ts';

/** A round value and its text. */
export interface RoundValue {
  readonly value: number;
  readonly text: string;
}

/** CSS pixels between numbers of an axis. */
const APART = 26;

/** Round distances between two others, for a scale of logarithms: 1, 2, 5, 10 ... */
export function roundDistances(low: number, high: number, pixels: number): readonly RoundValue[] {
  if (!(low > 0) || !(high < Infinity) || !(high > low)) return [];
  const decades = Math.log10(high / low);
  const each = pixels / Math.max(decades, 1e-6) / APART;
  const factors = each > 9 ? [1, 1.5, 2, 3, 4, 5, 6, 8] : each > 3 ? [1, 2, 5] : [1];
  // Of very many decades only some.
  const stride = Math.max(1, Math.ceil(1 / each));
  const found: RoundValue[] = [];
  for (let power = Math.floor(Math.log10(low)); power <= Math.log10(high); power += stride) {
    for (const factor of factors) {
      const value = Number((factor * 10 ** power).toPrecision(3));
      if (value >= low && value <= high) found.push({ value, text: quantity(value) });
    }
  }
  return found;
}

/** Round values from 0 to the greatest, for an even scale. */
export function roundValues(most: number, pixels: number): readonly RoundValue[] {
  if (!(most > 0)) return [{ value: 0, text: '0' }];
  const rough = most / Math.max(1, Math.floor(pixels / (2 * APART)));
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * size).find((value) => value >= rough) ?? rough;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => {
    const value = Number((i * step).toPrecision(6));
    return { value, text: quantity(value) };
  });
}
