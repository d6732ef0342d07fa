import { InvalidArgumentError } from '@shoal/core';
import type { Filter } from '../state/filter.ts';

const EXAMPLES = "{ by: 'column:mass', low: 10, high: 20 } or { by: 'cluster', values: [0, 2, null] }";

/**
 * Filters from code or from an address.
 *
 * @throws {InvalidArgumentError} when one of them is not a filter, or when two are about the same
 */
export function checkFilters(given: unknown): readonly Filter[] {
  if (!Array.isArray(given)) throw wrong(given);
  const filters: readonly unknown[] = given;
  const checked = filters.map((filter) => {
    if (!isFilter(filter)) throw wrong(filter);
    return filter;
  });
  const repeated = checked.find(({ by }, i) => checked.findIndex((other) => other.by === by) < i);
  if (repeated === undefined) return checked;
  throw new InvalidArgumentError(`There are two filters by "${repeated.by}"; give one with both conditions.`);
}

function isFilter(value: unknown): value is Filter {
  if (typeof value !== 'object' || value === null || !('by' in value) || typeof value.by !== 'string')
    return false;
  const isColumn = /^column:|^(probability|distance|moved)$/.test(value.by);
  if ('values' in value) {
    const { values } = value;
    return (
      (isColumn || value.by === 'cluster' || value.by === 'class') &&
      Array.isArray(values) &&
      values.every(isLevel)
    );
  }
  const { low, high, missing } = value as Readonly<Record<string, unknown>>;
  return isColumn && isEnd(low) && isEnd(high) && (missing === undefined || typeof missing === 'boolean');
}

function isLevel(value: unknown): boolean {
  return value === null || typeof value === 'string' || typeof value === 'number';
}

function isEnd(value: unknown): boolean {
  return value === undefined || (typeof value === 'number' && !Number.isNaN(value));
}

function wrong(given: unknown): InvalidArgumentError {
  return new InvalidArgumentError(`A filter is like ${EXAMPLES}; got ${JSON.stringify(given)}.`);
}
