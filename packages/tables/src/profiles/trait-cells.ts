import { periodOf } from './short-text.ts';
import type { Trait } from './types.ts';

/** What the lines of a trait say. */
export interface Cells {
  readonly label: string;
  readonly here: string;
  /** Undefined when what is here needs the whole line. */
  readonly others?: string;
}

export function cellsOf(trait: Trait): Cells {
  const name = trait.name.trim() || `column ${trait.column + 1}`;
  switch (trait.kind) {
    case 'number':
      if (trait.middle) {
        return {
          label: name,
          here: `${numberText(trait.lower)} to ${numberText(trait.upper)}, between the others`,
        };
      }
      return { label: name, ...twoNumbers(trait.median, trait.others) };
    case 'date':
      return { label: name, here: periodOf(trait.lower, trait.upper) };
    case 'level':
      return { label: `${name}: ${trait.level}`, here: percent(trait.share), others: percent(trait.others) };
    case 'missing':
      return { label: `${name}: missing`, here: percent(trait.share), others: percent(trait.others) };
    case 'words':
      return { label: name, here: trait.words.map(({ word }) => word).join(', ') };
  }
}

/** Two numbers with as many digits as tell them apart. */
function twoNumbers(here: number, others: number): { readonly here: string; readonly others: string } {
  const short = { here: numberText(here), others: numberText(others) };
  if (short.here !== short.others || here === others) return short;
  for (let digits = 5; digits < 17; digits++) {
    const [one, other] = [here, others].map((value) => String(Number(value.toPrecision(digits))));
    if (one !== other) return { here: one, others: other };
  }
  return short;
}

/** Four digits where there are more; thousands marks from 10,000, so that years have none. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size >= 1e9 || (size > 0 && size < 1e-4)) return value.toExponential(2);
  if (size < 1000) return String(Number(value.toPrecision(4)));
  const whole = String(Math.round(value));
  return size < 10_000 ? whole : whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

/** A part of 1; what is nearly nothing or all is not written as such. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return '<1 %';
  if (share < 1 && share > 0.995) return '>99 %';
  return `${Math.round(100 * share)} %`;
}
