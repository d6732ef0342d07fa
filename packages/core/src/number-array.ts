import { InvalidArgumentError } from './errors.ts';

/**
 * Numbers in order: a plain array, or a typed array of any kind except bigints. The TypeScript type cannot say all of
 * this; `requireNumbers` checks it at run time.
 */
export type NumberArray = ArrayLike<number>;

/**
 * Checks that a caller without types passed numbers.
 *
 * @param what what they are, to begin the message with
 * @throws {InvalidArgumentError} unless `values` is a plain array of numbers or a typed array of them
 */
export function requireNumbers(what: string, values: unknown): NumberArray {
  if (isNumericView(values)) return values;
  if (!Array.isArray(values)) {
    throw new InvalidArgumentError(
      `${what} must be an array or a typed array of numbers; got ${kindOf(values)}.`,
    );
  }
  const items: readonly unknown[] = values;
  for (let i = 0; i < items.length; i++) {
    if (typeof items[i] === 'number') continue;
    throw new InvalidArgumentError(
      `${what} must be numbers; value ${i} is ${kindOf(items[i])} (${String(items[i])}).`,
    );
  }
  return items as readonly number[];
}

/** Whether a value is a typed array whose elements are numbers: not bigints, not a DataView. */
export function isNumericView(value: unknown): value is ArrayBufferView & ArrayLike<number> {
  return (
    ArrayBuffer.isView(value) &&
    !(value instanceof DataView || value instanceof BigInt64Array || value instanceof BigUint64Array)
  );
}

/** A value as a message shows what it got: 2.5, "3", undefined, an Object. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'number' ? String(value) : kindOf(value);
}

/** What a value is, for messages: "undefined", "a string", "an Array". */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value !== 'object') return `a ${typeof value}`;
  const name = Object.prototype.toString.call(value).slice('[object '.length, -1);
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`;
}
