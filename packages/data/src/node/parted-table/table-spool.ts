import { deserialize, serialize } from 'node:v8';
import type { Column, Table } from '@shoal/tables';
import type { TemporaryFile } from './temporary-file.ts';

/** Tables in a temporary file, for texts, which take longer to read again. */
export class TableSpool {
  readonly #file: TemporaryFile;
  readonly #places: { readonly start: number; readonly bytes: number }[] = [];

  constructor(file: TemporaryFile) {
    this.#file = file;
  }

  get count(): number {
    return this.#places.length;
  }

  async add(table: Table): Promise<void> {
    const bytes = serialize({ ...table, columns: table.columns.map(ownMemory) });
    this.#places.push({ start: await this.#file.append(bytes), bytes: bytes.length });
  }

  async read(index: number): Promise<Table> {
    const { start, bytes } = this.#places[index];
    const buffer = new Uint8Array(bytes);
    await this.#file.read(buffer, start);
    return deserialize(buffer) as Table;
  }
}

/** The same column in memory that no threads share, and no larger than it needs: other memory cannot be written. */
function ownMemory(column: Column): Column {
  switch (column.type) {
    case 'number':
      return { ...column, values: column.values.slice() };
    case 'boolean':
      return { ...column, values: column.values.slice() };
    case 'date':
      return { ...column, values: column.values.slice() };
    case 'text':
      return { ...column, codes: column.codes.slice() };
    case 'vector':
      return { ...column, values: { ...column.values, data: column.values.data.slice() } };
    case 'bytes':
      return { ...column, values: column.values.map((value) => value?.slice()) };
  }
}
