import type { ColumnFact } from './column-facts.ts';

/** The place of a value on the bar of a fact, from 0 to 100; 0 where there is no value. */
export function placeOnBar({ kind, low, high }: ColumnFact, value: number): number {
  if (!Number.isFinite(value)) return 0;
  // The scale starts a little below the least mean, so that its bar can be seen.
  const start = kind === 'share' ? 0 : low - 0.15 * (high - low);
  return Math.max(0, Math.min(100, (100 * (value - start)) / (high - start)));
}

/** What a fact is about: "Body mass", "species: Gentoo". */
export function factName({ title, level }: ColumnFact): string {
  return level === undefined ? title : `${title}: ${level === '' ? '(empty)' : level}`;
}
