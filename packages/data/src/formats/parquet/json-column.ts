import type { DecodedArray, SchemaTree } from 'hyparquet';
import { assembleLists, assembleNested } from 'hyparquet/src/assemble.js';
import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { TextBuilder } from '../columnar/text-builder.ts';
import { jsonOf } from '../columnar/json-of.ts';
import type { ColumnReader, Extent, ReadColumn } from './column-reader.ts';
import type { Leaf } from './leaves.ts';
import type { Page } from './pages.ts';

/** Lists of any length, maps and the like, as JSON. */
export class JsonReader implements ColumnReader {
  readonly #name: string;
  readonly #root: SchemaTree;
  /** Names from the root's value to that of this column. */
  readonly #inner: readonly string[];
  readonly #builder: TextBuilder;
  #values = new Map<string, unknown[]>();

  /** @param root a column of the file's first level, whose leaves are all added */
  constructor(name: string, root: SchemaTree, inner: readonly string[], { rows }: Extent) {
    this.#name = name;
    this.#root = root;
    this.#inner = inner;
    this.#builder = new TextBuilder(rows);
  }

  get rows(): number {
    return this.#builder.rows;
  }

  add(page: Page, leaf: Leaf): void {
    const path = [...leaf.path];
    const name = path[path.length - 1].path.join('.');
    const output = this.#values.get(name) ?? [];
    this.#values.set(name, output);
    const { element } = leaf;
    if (element.type === undefined) throw new Error('a column has no type');
    const values = convert(decodedOf(page, element.type === 'BOOLEAN'), {
      pathInSchema: path[path.length - 1].path,
      type: element.type,
      element,
      schemaPath: path,
      codec: 'UNCOMPRESSED',
      parsers: DEFAULT_PARSERS,
      utf8: false,
    });
    const definitions = page.definitions && Array.from(page.definitions);
    const repetitions = Array.from(page.repetitions ?? []);
    const assembled: ArrayLike<unknown> = assembleLists(output, definitions, repetitions, values, path);
    if (assembled === output) return;
    for (let i = 0; i < assembled.length; i++) output.push(assembled[i]);
  }

  endGroup(): void {
    const values = new Map<string, DecodedArray>(this.#values);
    this.#values = new Map();
    assembleNested(values, this.#root, DEFAULT_PARSERS);
    const rows: ArrayLike<unknown> = values.get(this.#root.path.join('.')) ?? [];
    for (let i = 0; i < rows.length; i++) {
      const value = this.#inner.reduce(member, rows[i]);
      if (value === null || value === undefined) this.#builder.skip();
      else this.#builder.add(typeof value === 'string' ? value : jsonOf(value));
    }
  }

  column(): ReadColumn {
    return { column: this.#builder.column(this.#name, 'json') };
  }
}

/** The values that are not missing, as hyparquet has them. */
function decodedOf({ values, codes }: Page, areBooleans: boolean): DecodedArray {
  const present = Array.from(codes ?? values.keys(), (i) => values[i]);
  return areBooleans ? present.map(Boolean) : present;
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
