import { TextBuilder } from '../columnar/text-builder.ts';
import { eachRow, type ColumnReader, type Extent, type ReadColumn } from './column-reader.ts';
import type { Leaf } from './leaves.ts';
import type { Page } from './pages.ts';
import type { Values } from '../columnar/number-type.ts';

/** The text of each value of a page or dictionary. */
export type TextAt = (values: Values) => (index: number) => string;

/** Texts, and values that are read as texts. */
export class TextReader implements ColumnReader {
  readonly #name: string;
  readonly #textAt: TextAt;
  readonly #stored: string | undefined;
  readonly #note: string | undefined;
  readonly #builder: TextBuilder;
  #dictionary: { readonly values: Values; readonly codes: Int32Array } | undefined;

  constructor(
    { name, stored, textAt, note }: { name: string; stored?: string; textAt: TextAt; note?: string },
    { rows }: Extent,
  ) {
    this.#name = name;
    this.#stored = stored;
    this.#textAt = textAt;
    this.#note = note;
    this.#builder = new TextBuilder(rows);
  }

  get rows(): number {
    return this.#builder.rows;
  }

  add(page: Page, leaf: Leaf): void {
    const builder = this.#builder;
    const { codes } = page;
    const skip = (): void => {
      builder.skip();
    };
    if (codes !== undefined) {
      const own = this.#codesOf(page.values);
      eachRow(
        page,
        leaf,
        (i) => {
          builder.addCode(own[codes[i]]);
        },
        skip,
      );
      return;
    }
    const textAt = this.#textAt(page.values);
    eachRow(
      page,
      leaf,
      (i) => {
        builder.add(textAt(i));
      },
      skip,
    );
  }

  column(): ReadColumn {
    return { column: this.#builder.column(this.#name, this.#stored), note: this.#note };
  }

  /** The column's code of each text of a dictionary. */
  #codesOf(values: Values): Int32Array {
    if (this.#dictionary?.values === values) return this.#dictionary.codes;
    const textAt = this.#textAt(values);
    const codes = Int32Array.from({ length: values.length }, (_, i) => this.#builder.codeOf(textAt(i)));
    this.#dictionary = { values, codes };
    return codes;
  }
}
