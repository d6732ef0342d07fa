import { atOnce } from '@shoal/core/engine-kit';
import { cellAt, type Table } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { encode } from '../../../test/bytes.ts';
import type { ReadOptions } from '../read-options.ts';
import { readDelimited } from './read-delimited.ts';

const read = (text: string, options: ReadOptions = {}): Table =>
  atOnce(readDelimited({ bytes: encode(text), file: 'table.csv', options }));

const rows = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

describe('the header', () => {
  it.each<[string, string, readonly string[], number]>([
    ['of numbers above fractions', rows('0,1', '0.5,1.5', '2.5,3.5', '1.0,2.0'), ['0', '1'], 3],
    ['of years', rows('2019,2020,2021', '0.6,22,3', '1.2,25,3'), ['2019', '2020', '2021'], 2],
    ['of pixels', rows('0,1,2,3,4', '9,9,0,0,1', '7,0,0,2,3'), ['0', '1', '2', '3', '4'], 2],
    ['of a word and numbers', rows('id,2019,2020', '7,1,2', '8,3,4'), ['id', '2019', '2020'], 2],
    ['of years above some values like years', rows('1990,2000', '5,1990', '6,7', '8,9'), ['1990', '2000'], 3],
    [
      'of years beside a name',
      rows('country,1990,2000', 'FR,5.5,6.5', 'DE,7.5,8.1'),
      ['country', '1990', '2000'],
      2,
    ],
    [
      'of years beside names',
      rows('a,b,2000,1990', 'x,y,150000,2e6', 'z,y,7,8'),
      ['a', 'b', '2000', '1990'],
      2,
    ],
    ['of a year beside a name', rows('city,2020', 'Rome,5', 'Oslo,7', 'Bern,9'), ['city', '2020'], 3],
    [
      'of numbers beside a name',
      rows('w,0,1,2,3,4', 'x,9,9,0,0,1', 'y,7,0,0,2,3'),
      ['w', '0', '1', '2', '3', '4'],
      2,
    ],
    ['without a name for an index', rows(',0,1', '0,5,6', '1,7,8'), ['', '0', '1'], 2],
    ['as R writes it', rows('"a" "b"', '"r1" 1 2', '"r2" 3 4'), ['', 'a', 'b'], 2],
    [
      'with a column that is called #',
      rows('#,Name,HP', '1,Ivysaur,60', '2,Venusaur,80'),
      ['#', 'Name', 'HP'],
      2,
    ],
    ['with such a column below a comment', rows('# by hand', '#;%;b', '1;2;3'), ['#', '%', 'b'], 1],
    ['above words', rows('city,country', 'Rome,Italy', 'Oslo,Norway'), ['city', 'country'], 2],
    ['of hostile names', rows('a,a,__proto__,<b>', '1,2,3,4'), ['a', 'a', '__proto__', '<b>'], 1],
  ])('is found %s', (_, text, names, count) => {
    const table = read(text);
    expect(table.columns.map(({ name }) => name)).toEqual(names);
    expect(table.rows).toBe(count);
  });

  it.each([
    ['whole numbers above whole numbers', rows('0,1', '5,6', '2,2')],
    ['rows of fractions', rows('0.5,1.5', '2.5,3.5', '1.0,2.0')],
    ['classes in words', rows('5.1,setosa', '4.9,setosa', '7.0,virginica')],
    ['words that return', rows('Adelie,Dream', 'Gentoo,Biscoe', 'Adelie,Biscoe')],
    ['a word and a number like a year', rows('Rome,1990', 'Oslo,1991', 'Bern,35')],
    ['a word that returns beside a year', rows('FR,1990', 'FR,5', 'DE,7')],
    ['years above years', rows('2019,2020', '2020,2021', '2021,2022')],
  ])('is not seen in %s', (_, text) => {
    const table = read(text);
    expect(table.rows).toBe(3);
    expect(table.columns.map(({ name }) => name)).toEqual(['column 1', 'column 2']);
  });

  it('names every column', () => {
    expect(() => read(rows('a,b', '1,2,3,4', '5,6,7,8'))).toThrow(
      /the header names 2 columns \("a", "b"\), but the lines below it have 4 values/,
    );
  });

  it('is what the caller says', () => {
    expect(read('0,1\n5,6\n', { header: 'yes' }).rows).toBe(1);
    const { columns, rows: count } = read('a,b\nc,d\n', { header: 'no' });
    expect([count, columns.map((column) => cellAt(column, 0))]).toEqual([2, ['a', 'b']]);
  });
});
