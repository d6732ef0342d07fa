import { matrix } from '@shoal/core';
import type { ColumnReader, Extent, ReadColumn } from './column-reader.ts';
import type { Leaf } from './leaves.ts';
import { isRounded, type NumberType } from '../columnar/number-type.ts';
import type { Page } from './pages.ts';
import { VectorBuilder } from '../columnar/vector-builder.ts';

/** Lists of numbers, also nested ones, as one vector per row, if all have one shape. */
export class VectorReader implements ColumnReader {
  rows = 0;
  readonly #name: string;
  readonly #type: NumberType;
  readonly #builder: VectorBuilder;
  /** Number of entries of each list that is open, by its depth from 1; 0 before the first. */
  readonly #counts: number[];
  /** The same of the first list of each depth, which all others must have. */
  readonly #shape: number[] = [];
  #isRagged = false;

  constructor(name: string, type: NumberType, depth: number, { values }: Extent) {
    this.#name = name;
    this.#type = type;
    this.#builder = new VectorBuilder(type.array(values));
    this.#counts = new Array<number>(depth + 1).fill(0);
  }

  add(page: Page, leaf: Leaf): void {
    const { count, definitions, repetitions, codes } = page;
    const numbers = this.#type.numbers(page.values);
    if (this.#type.exact && Array.prototype.some.call(numbers, isRounded)) this.#isRagged = true;
    const { maxDefinition } = leaf;
    const ofOuterList = leaf.path.slice(1).findIndex(({ element }) => element.repetition_type === 'REPEATED');
    const outerDefinition = leaf.path
      .slice(1, ofOuterList + 2)
      .filter(({ element }) => element.repetition_type !== 'REQUIRED').length;
    const innermost = maxDefinition - (leaf.element.repetition_type === 'OPTIONAL' ? 1 : 0);
    let value = 0;
    for (let i = 0; i < count; i++) {
      const definition = definitions === undefined ? maxDefinition : definitions[i];
      this.#enter(repetitions === undefined ? 0 : repetitions[i], definition >= outerDefinition);
      if (definition === maxDefinition) {
        this.#builder.add(numbers[codes === undefined ? value : codes[value]]);
        value++;
      } else if (definition >= innermost) this.#builder.addMissing();
      else if (definition >= outerDefinition) this.#isRagged = true;
    }
  }

  column(): ReadColumn | undefined {
    this.#close(0);
    const width = this.#shape.reduce((product, count) => product * count, 1);
    const values = this.#isRagged ? undefined : this.#builder.matrixData(width);
    if (values === undefined || this.#shape.length === 0) return undefined;
    const [, height, columns] = this.#shape;
    return {
      column: {
        type: 'vector',
        name: this.#name,
        values: matrix(values, this.rows, width),
        stored: `list<${this.#type.stored ?? 'boolean'}>`,
        ...(this.#shape.length === 3 && { imageShape: [height, columns] as const }),
      },
    };
  }

  /** Goes on in the list of this depth, or with a new row. */
  #enter(depth: number, hasList: boolean): void {
    if (depth === 0) {
      this.#close(0);
      this.#builder.startRow(hasList);
      this.rows++;
      if (!hasList) return;
    } else if (this.#counts[depth] === 0) throw new Error('a list goes on that was not begun');
    else this.#close(depth);
    for (let i = Math.max(depth, 1); i < this.#counts.length; i++) this.#counts[i]++;
  }

  /** Compares the lists that end, those deeper than `depth`, with the first ones. */
  #close(depth: number): void {
    for (let i = depth + 1; i < this.#counts.length; i++) {
      if (this.#counts[i] === 0) continue;
      this.#shape[i] ??= this.#counts[i];
      if (this.#shape[i] !== this.#counts[i]) this.#isRagged = true;
      this.#counts[i] = 0;
    }
  }
}
