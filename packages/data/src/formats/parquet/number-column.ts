import { NumberBuilder } from '../columnar/number-builder.ts';
import type { NumberType, Values } from '../columnar/number-type.ts';
import type { ColumnReader, Extent, ReadColumn } from './column-reader.ts';
import type { Leaf } from './leaves.ts';
import type { Page } from './pages.ts';

/** Numbers, dates and booleans. */
export class NumberReader implements ColumnReader {
  readonly #type: NumberType;
  readonly #builder: NumberBuilder;
  #dictionary: { readonly values: Values; readonly numbers: ArrayLike<number> } | undefined;

  constructor(name: string, type: NumberType, { rows }: Extent) {
    this.#type = type;
    this.#builder = new NumberBuilder(name, type, rows);
  }

  get rows(): number {
    return this.#builder.rows;
  }

  add(page: Page, leaf: Leaf): void {
    const { codes, definitions, count } = page;
    const numbers = this.#numbersOf(page);
    let next = 0;
    const indexOf = (row: number): number => {
      if (definitions !== undefined && definitions[row] !== leaf.maxDefinition) return -1;
      const value = next++;
      return codes === undefined ? value : codes[value];
    };
    this.#builder.add(numbers, count, {
      hasMissing: definitions !== undefined,
      indexOf: definitions === undefined && codes === undefined ? undefined : indexOf,
    });
  }

  column(): ReadColumn | undefined {
    const column = this.#builder.column();
    return column && { column };
  }

  /** Numbers of a dictionary are made once for all of its pages. */
  #numbersOf({ values, codes }: Page): ArrayLike<number> {
    if (codes !== undefined && this.#dictionary?.values === values) return this.#dictionary.numbers;
    const numbers = this.#type.numbers(values);
    if (codes !== undefined) this.#dictionary = { values, numbers };
    return numbers;
  }
}
