import { FormatError } from '../../errors.ts';
import { shortened } from '../shortened.ts';

/** A value of Python as the header of an NPY file has it. Lists and tuples are both arrays. */
export type PythonValue =
  | string
  | number
  | boolean
  | null
  | readonly PythonValue[]
  | ReadonlyMap<string, PythonValue>;

/** How deep lists may be nested; NumPy's own headers are nested about four deep. */
const MAX_NESTING = 32;

/** What a backslash and the letter after it mean. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
]);

/** How many hexadecimal digits follow such a letter: \x41, \u0041, \U00000041. */
const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/**
 * Reads a literal of Python: dictionaries with texts as keys, lists, tuples, texts, whole numbers, True, False and None.
 *
 * @throws {FormatError} when it is anything else, or nested more than 32 deep
 */
export function parsePythonLiteral(text: string, file: string): PythonValue {
  return new Parser(text, file).parse();
}

class Parser {
  readonly #text: string;
  readonly #file: string;
  #at = 0;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  parse(): PythonValue {
    const value = this.#value(0);
    this.#skipBlanks();
    if (this.#at < this.#text.length) throw this.#error();
    return value;
  }

  #value(depth: number): PythonValue {
    this.#skipBlanks();
    if (depth > MAX_NESTING) throw this.#error();
    if (this.#take('{')) return this.#dictionary(depth + 1);
    if (this.#take('[')) return this.#list(']', depth + 1);
    if (this.#take('(')) return this.#list(')', depth + 1);
    const word = this.#match(/[ubr]?['"]|-?\d+L?|True|False|None/y);
    switch (word) {
      case 'True':
      case 'False':
        return word === 'True';
      case 'None':
        return null;
    }
    const last = word.charAt(word.length - 1);
    return last === "'" || last === '"' ? this.#string(last) : Number.parseInt(word, 10);
  }

  #dictionary(depth: number): ReadonlyMap<string, PythonValue> {
    const entries = new Map<string, PythonValue>();
    for (;;) {
      this.#skipBlanks();
      if (this.#take('}')) return entries;
      const key = this.#value(depth);
      this.#skipBlanks();
      if (typeof key !== 'string' || entries.has(key) || !this.#take(':')) throw this.#error();
      entries.set(key, this.#value(depth));
      this.#skipBlanks();
      if (!this.#take(',') && this.#text[this.#at] !== '}') throw this.#error();
    }
  }

  #list(end: ']' | ')', depth: number): readonly PythonValue[] {
    const values: PythonValue[] = [];
    for (;;) {
      this.#skipBlanks();
      if (this.#take(end)) return values;
      values.push(this.#value(depth));
      this.#skipBlanks();
      if (!this.#take(',') && this.#text[this.#at] !== end) throw this.#error();
    }
  }

  /** The rest of a text, up to its closing quote. */
  #string(quote: string): string {
    let text = '';
    for (;;) {
      const character = this.#text.charAt(this.#at++);
      if (character === '') throw this.#error();
      if (character === quote) return text;
      text += character === '\\' ? this.#escaped() : character;
    }
  }

  #escaped(): string {
    const letter = this.#match(/[^]/y);
    const digits = HEX_DIGITS.get(letter);
    if (digits === undefined) return ESCAPES.get(letter) ?? letter;
    const code = Number.parseInt(this.#match(new RegExp(`[0-9a-fA-F]{${digits}}`, 'y')), 16);
    if (code > 0x10ffff) throw this.#error();
    return String.fromCodePoint(code);
  }

  #skipBlanks(): void {
    this.#match(/\s*/y);
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw this.#error();
    this.#at += found.length;
    return found;
  }

  #error(): FormatError {
    return new FormatError(
      { file: this.#file },
      `the NPY header cannot be read at its character ${this.#at + 1}: "${shortened(this.#text.trim())}". The file is damaged.`,
    );
  }
}
