/**
 * A nested value of a columnar file as JSON. Integers that a number cannot hold are texts, dates are in ISO 8601, and bytes
 * lists of numbers.
 */
export function jsonOf(value: unknown): string {
  return JSON.stringify(plainOf(value));
}

function plainOf(value: unknown): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, inner]) => [String(key), plainOf(inner)]));
  if (Symbol.iterator in value) return Array.from(value as Iterable<unknown>, plainOf);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plainOf(inner)]));
}
