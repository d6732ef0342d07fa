import { presentValues, quantile, type NumberFacts } from './number-facts.ts';
import { UNITS, type Numbers } from './numbers-of.ts';
import type { ChosenScaling, NumberEncoding } from './plan.ts';
import type { BlockWriter } from './write-points.ts';

/** The interquartile range of a standard normal distribution. */
const NORMAL_QUARTILES = 1.3489795003921634;

/** Center and scale of values; a scale of 1 where they do not spread. */
export interface CenterAndScale {
  readonly center: number;
  readonly scale: number;
}

export function centerAndScale(
  kind: ChosenScaling['kind'],
  facts: NumberFacts,
  values: Numbers['values'],
): CenterAndScale {
  switch (kind) {
    case 'none':
      return { center: 0, scale: 1 };
    case 'standardize':
      return { center: facts.mean, scale: facts.deviation || 1 };
    case 'robust': {
      const present = presentValues(values);
      const quartiles = quantile(present, 0.75) - quantile(present, 0.25);
      return { center: facts.median, scale: quartiles / NORMAL_QUARTILES || facts.deviation || 1 };
    }
    case 'min-max':
      return { center: facts.min, scale: facts.max - facts.min || 1 };
  }
}

/** Writes the coordinates of a number column. */
export function numberWriter(
  { values, unit }: Numbers,
  { fill, center, scale, indicator }: NumberEncoding,
): BlockWriter {
  const size = UNITS[unit];
  return ({ rows, read, out, offset, stride }) => {
    const block = read(values);
    for (let i = 0, at = offset; i < rows.length; i++, at += stride) {
      const value = block[i];
      if (Number.isNaN(value)) {
        out[at] = (fill - center) / scale;
        if (indicator) out[at + 1] = 1;
      } else {
        out[at] = (value / size - center) / scale;
      }
    }
  };
}
