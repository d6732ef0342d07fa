import type { Labels } from '../../dataset.ts';
import { FormatError, type FileLocation } from '../../errors.ts';
import { shortened } from '../shortened.ts';

/** Collects one label per row: whole numbers, or the names of classes. */
export class ClassColumn {
  /** Index of each distinct text, in order of appearance. */
  readonly #indices = new Map<string, number>();
  readonly #rows: number[] = [];

  /** @throws {FormatError} when the label is missing */
  add(cell: string, locate: () => FileLocation): void {
    const text = cell.trim();
    if (text === '') throw new FormatError(locate(), 'the label is missing. Fill or drop such rows first.');
    let index = this.#indices.get(text);
    if (index === undefined) {
      index = this.#indices.size;
      this.#indices.set(text, index);
    }
    this.#rows.push(index);
  }

  /**
   * Numbers stay as they are; names become indices into their alphabetical order.
   *
   * @throws {FormatError} when the labels are numbers but not all whole ones within 32 bits
   */
  finish(file: string): { labels: Labels; classNames?: readonly string[] } {
    const texts = [...this.#indices.keys()];
    const numbers = texts.map(Number);
    if (!numbers.every((value) => !Number.isNaN(value))) {
      const classNames = [...texts].sort();
      const rank = new Map(classNames.map((name, i) => [name, i]));
      return {
        labels: compactLabels(
          this.#rows,
          texts.map((text) => rank.get(text)!),
        ),
        classNames,
      };
    }
    const odd = numbers.findIndex((value) => (value | 0) !== value);
    if (odd >= 0) {
      throw new FormatError(
        { file },
        `the label "${shortened(texts[odd])}" is not a whole number of 32 bits. Is the label in another column?`,
      );
    }
    return { labels: compactLabels(this.#rows, numbers) };
  }
}

function compactLabels(rows: readonly number[], values: readonly number[]): Labels {
  const labels = values.every((value) => value >= 0 && value <= 255)
    ? new Uint8Array(rows.length)
    : new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) labels[i] = values[rows[i]]!;
  return labels;
}
