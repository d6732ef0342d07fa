import { readTable } from '@shoal/data';
import { numberModule } from '../../src/formats/delimited/number-module.ts';

/** What a page read: the values of the columns, where null is missing. */
interface Reading {
  readonly isByWebAssembly: boolean;
  readonly columns: readonly (readonly (number | null)[])[];
}

declare global {
  interface Window {
    readText?: (text: string) => Promise<Reading>;
  }
}

window.readText = async (text) => {
  const { columns } = await readTable(new TextEncoder().encode(text), 'sample.csv');
  return {
    isByWebAssembly: (await numberModule()) !== undefined,
    columns: columns.map((column) =>
      column.type === 'number'
        ? Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
        : [],
    ),
  };
};
