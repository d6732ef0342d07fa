import { MISSING_CODE, type TextColumn } from '@shoal/tables';

/** Collects the texts of a column, each distinct one once. */
export class TextBuilder {
  readonly #texts: string[] = [];
  readonly #codeOf = new Map<string, number>();
  readonly #codes: Int32Array;
  #rows = 0;

  /** @param rows of the column; rows that are not added are missing */
  constructor(rows: number) {
    this.#codes = new Int32Array(rows).fill(MISSING_CODE);
  }

  get rows(): number {
    return this.#rows;
  }

  /** Adds the text of the next row. */
  add(text: string): void {
    this.addCode(this.codeOf(text));
  }

  /** The code of a text, for `addCode`. */
  codeOf(text: string): number {
    let code = this.#codeOf.get(text);
    if (code === undefined) {
      this.#codeOf.set(text, (code = this.#texts.length));
      this.#texts.push(text);
    }
    return code;
  }

  /** Adds the text of the next row by its code. */
  addCode(code: number): void {
    this.#codes[this.#rows++] = code;
  }

  skip(): void {
    this.#rows++;
  }

  column(name: string, stored?: string): TextColumn {
    return { type: 'text', name, texts: this.#texts, codes: this.#codes, stored };
  }
}
