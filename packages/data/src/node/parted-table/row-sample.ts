import { hash32 } from '@shoal/core';
import { takeRows, type Table } from '@shoal/tables';
import { joinTables } from '../../join-tables.ts';

/** Rows of one piece that are in the sample. */
interface SampledPiece {
  readonly table: Table;
  /** Their numbers among all rows. */
  readonly numbers: readonly number[];
}

/**
 * A random sample of the rows of a table in pieces. Whether a row is in it depends only on its number, the seed and how many
 * rows there are, not on where pieces end. A table that has no more rows than the sample may have is the sample.
 */
export class RowSample {
  readonly #most: number;
  readonly #seed: number;
  #pieces: SampledPiece[] = [];
  #rows = 0;
  /** Rows whose hash is below this are in the sample. */
  #limit = 2 ** 32;
  #seen = 0;

  /** @param most rows of the sample; it has at least half as many, if there are so many rows */
  constructor(most: number, seed: number) {
    this.#most = most;
    this.#seed = seed;
  }

  /** Whether rows were left out. */
  get isPartial(): boolean {
    return this.#rows < this.#seen;
  }

  add(table: Table): void {
    const numbers = Array.from({ length: table.rows }, (_, row) => this.#seen + row);
    this.#seen += table.rows;
    this.#keep({ table, numbers });
    while (this.#rows > this.#most) {
      this.#limit /= 2;
      const pieces = this.#pieces;
      this.#pieces = [];
      this.#rows = 0;
      for (const piece of pieces) this.#keep(piece);
    }
  }

  /** @throws {FormatError} when pieces differ in their columns */
  table(name: string): Table {
    const tables = this.#pieces.map(({ table }) => table);
    return { ...joinTables(tables, name), notes: tables[0]?.notes ?? [] };
  }

  #keep({ table, numbers }: SampledPiece): void {
    const rows = Array.from(numbers.keys()).filter((i) => this.#has(numbers[i]));
    if (rows.length === 0) return;
    const isWhole = rows.length === table.rows;
    this.#pieces.push({
      table: isWhole ? table : takeRows(table, Uint32Array.from(rows)),
      numbers: isWhole ? numbers : rows.map((i) => numbers[i]),
    });
    this.#rows += rows.length;
  }

  #has(row: number): boolean {
    return this.#limit === 2 ** 32 || hash32(this.#seed, row % 2 ** 32) < this.#limit;
  }
}
