import { percent, quantity } from '../views/shared/format.ts';
import type { ColumnFact } from './column-facts.ts';

/** A value of a fact for people: "5,050", "35.8%", "2007-11-11". */
export function factValue({ kind }: ColumnFact, value: number): string {
  if (!Number.isFinite(value)) return '–';
  switch (kind) {
    case 'share':
      return percent(value);
    case 'date':
      return new Date(value).toISOString().slice(0, 10);
    case 'time':
      return new Date(value).toISOString().slice(11, 16);
    case 'number':
      return quantity(value);
  }
}

/** A fact in words: "Body mass: 5,050, others 4,050"; "species is Gentoo: 100%, others 1%". */
export function factSentence(fact: ColumnFact): string {
  const { title, level, own, others } = fact;
  const what = level === undefined ? title : `${title} is ${level === '' ? 'an empty text' : level}`;
  return `${what}: ${factValue(fact, own)}, others ${factValue(fact, others)}`;
}
