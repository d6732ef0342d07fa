import { DataError } from '@shoal/core';

/** Typed access to a JSON object that people may have edited, with messages that say where in it something is wrong. */
export class JsonFields {
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #what: string;

  /**
   * @param what what it is, to begin messages with: "The recipe"
   * @throws {DataError} when it is not an object
   */
  constructor(value: unknown, what: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw new DataError(`${what} must be an object of JSON; got ${shown(value)}.`);
    }
    this.#fields = value as Readonly<Record<string, unknown>>;
    this.#what = what;
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#fields, name) && this.#fields[name] !== null;
  }

  number(name: string): number {
    const value = this.#value(name);
    return isNumber(value) ? value : this.refuse(name, 'a finite number');
  }

  positive(name: string): number {
    const value = this.number(name);
    return value > 0 ? value : this.refuse(name, 'a number above 0');
  }

  count(name: string): number {
    const value = this.number(name);
    return Number.isSafeInteger(value) && value >= 0
      ? value
      : this.refuse(name, 'a whole number of at least 0');
  }

  boolean(name: string): boolean {
    const value = this.#value(name);
    return typeof value === 'boolean' ? value : this.refuse(name, 'true or false');
  }

  text(name: string): string {
    const value = this.#value(name);
    return typeof value === 'string' ? value : this.refuse(name, 'a text');
  }

  texts(name: string): readonly string[] {
    const value = this.#value(name);
    return Array.isArray(value) && value.every(isText) ? value : this.refuse(name, 'a list of texts');
  }

  numbers(name: string, length: number): readonly number[] {
    const value = this.#value(name);
    return Array.isArray(value) && value.length === length && value.every(isNumber)
      ? value
      : this.refuse(name, `a list of ${length} finite numbers`);
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T {
    const value = this.#value(name);
    const choice = choices.find((known) => known === value);
    return choice ?? this.refuse(name, `one of ${choices.join(', ')}`);
  }

  list(name: string): readonly unknown[] {
    const value = this.#value(name);
    return Array.isArray(value) ? value : this.refuse(name, 'a list');
  }

  /** The value as it is, for the caller to check. */
  value(name: string): unknown {
    return this.#value(name);
  }

  /** @throws {DataError} always, with what the value should be */
  refuse(name: string, expected: string): never {
    throw new DataError(`${this.#what}: "${name}" must be ${expected}; got ${shown(this.#value(name))}.`);
  }

  #value(name: string): unknown {
    return Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

const MAX_SHOWN = 60;

/** A value for messages. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text;
}
