import { TextBuilder } from '../columnar/text-builder.ts';
import { eachRow, type ColumnReader, type ReadColumn } from './column-reader.ts';
import type { Leaf } from './leaves.ts';
import { isByteArrays } from '../columnar/number-type.ts';
import type { Page } from './pages.ts';

/** Bytes of encoded images and the like. */
export class BytesReader implements ColumnReader {
  readonly #name: string;
  /** Whether the file says that they are bytes; old writers did not say when they are texts. */
  readonly #areBytes: boolean;
  readonly #values: (Uint8Array | undefined)[] = [];

  constructor(name: string, areBytes: boolean) {
    this.#name = name;
    this.#areBytes = areBytes;
  }

  get rows(): number {
    return this.#values.length;
  }

  add(page: Page, leaf: Leaf): void {
    const { codes, values } = page;
    const list = isByteArrays(values) ? values : [];
    eachRow(
      page,
      leaf,
      (i) => {
        this.#values.push(list[codes === undefined ? i : codes[i]]);
      },
      () => {
        this.#values.push(undefined);
      },
    );
  }

  column(): ReadColumn {
    const texts = this.#areBytes ? undefined : this.#texts();
    if (texts === undefined) return { column: { type: 'bytes', name: this.#name, values: this.#values } };
    return {
      column: texts.column(this.#name),
      note: `${this.#name} has bytes without a type; all of them are text in UTF-8, and are read as such.`,
    };
  }

  /** Undefined when anything is not a text. */
  #texts(): TextBuilder | undefined {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const builder = new TextBuilder(this.#values.length);
    for (const bytes of this.#values) {
      if (bytes === undefined) {
        builder.skip();
        continue;
      }
      if (bytes.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13)) return undefined;
      try {
        builder.add(decoder.decode(bytes));
      } catch {
        return undefined;
      }
    }
    return builder;
  }
}
