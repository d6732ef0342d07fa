import { InvalidArgumentError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { encode } from '../../test/bytes.ts';
import { FormatError } from '../errors.ts';
import { readCsv, type CsvOptions } from './read-csv.ts';

const read = (text: string, options?: CsvOptions) => readCsv(encode(text), options);

function errorOf(text: string, options: CsvOptions = {}): FormatError {
  try {
    read(text, { file: 'points.csv', ...options });
  } catch (error) {
    if (error instanceof FormatError) return error;
    throw error;
  }
  throw new Error('The text was read without an error.');
}

describe('readCsv', () => {
  it('reads labeled images with a header, as bytes', () => {
    const { points, labels, columnNames } = read('label,pixel1,pixel2\n9,0,255\n2,17,3\n');
    expect(points).toMatchObject({ rows: 2, columns: 2, scale: 1, data: Uint8Array.of(0, 255, 17, 3) });
    expect(labels).toEqual(Uint8Array.of(9, 2));
    expect(columnNames).toEqual(['pixel1', 'pixel2']);
  });

  it('reads the 785-column form without a header, label first', () => {
    const row = (label: number): string =>
      [label, ...Array.from({ length: 784 }, (_, i) => i % 256)].join(',');
    const { points, labels } = read(`${row(3)}\n${row(7)}`, { labelColumn: 'first' });
    expect([points.rows, points.columns]).toEqual([2, 784]);
    expect(points.data.subarray(784, 788)).toEqual(Uint8Array.of(0, 1, 2, 3));
    expect(labels).toEqual(Uint8Array.of(3, 7));
  });

  it('changes to float32 at the first value that is not a byte', () => {
    const { points } = read('1,2\n3,-4.5e1\n256,.5\n');
    expect(points.data).toEqual(Float32Array.of(1, 2, 3, -45, 256, 0.5));
  });

  it.each([
    ['bytes', '1,2\n3,0.1\n5,6\n', [1, 2, 3, 0.1, 5, 6]],
    ['float32', '1,2.5\n1700000000123,7\n', [1, 2.5, 1700000000123, 7]],
  ])('changes from %s to float64 at the first value that float32 would round', (_, text, values) => {
    expect(read(text).points.data).toEqual(Float64Array.from(values));
  });

  it('keeps labels that are whole numbers beyond float32', () => {
    expect(read('a,label\n1,16777217\n2,1\n').labels).toEqual(Int32Array.of(16777217, 1));
  });

  it.each<[string, CsvOptions['labelColumn'], number[], number[]]>([
    ['last', 'last', [1, 4], [2, 3, 5, 6]],
    ['counted', 2, [1, 4], [2, 3, 5, 6]],
    ['named', { name: 'b' }, [1, 4], [2, 3, 5, 6]],
    ['none', 'none', [], [1, 2, 3, 4, 5, 6]],
  ])('takes the %s label column', (kind, label, expectedLabels, values) => {
    const rows = kind === 'last' ? '2,3,1\n5,6,4' : kind === 'none' ? '1,2,3\n4,5,6' : '2,1,3\n5,4,6';
    const { points, labels } = read(`a,b,c\n${rows}\n`, { labelColumn: label });
    expect(Array.from(points.data)).toEqual(values);
    expect(Array.from(labels ?? [])).toEqual(expectedLabels);
  });

  it('numbers classes with names in alphabetical order', () => {
    const { labels, classNames } = read('5.1,virginica\n4.9,setosa\n4.7,virginica\n', {
      labelColumn: 'last',
    });
    expect(classNames).toEqual(['setosa', 'virginica']);
    expect(labels).toEqual(Uint8Array.of(1, 0, 1));
  });

  it('keeps labels below 0 and above 255', () => {
    expect(read('-1,5\n300,6\n', { labelColumn: 'first' }).labels).toEqual(Int32Array.of(-1, 300));
  });

  it('reads a header of numbers as data by default', () => {
    expect(read('0,1\n5,6\n').points.rows).toBe(2);
    expect(read('0,1\n5,6\n', { header: 'yes' }).points.data).toEqual(Uint8Array.of(5, 6));
  });

  it('reads quotes, spaces, Windows lines, blank lines, a byte order mark and other separators', () => {
    const { points } = read('\uFEFF"1"; 2 \r\n\r\n3;4\r\n', { delimiter: ';' });
    expect(points.data).toEqual(Uint8Array.of(1, 2, 3, 4));
  });

  it.each<[string, string, number | undefined, number | undefined, RegExp, CsvOptions?]>([
    ['a word', 'a,b\n1,2\n3,x\n', undefined, 2, /column "b" is not of numbers: row 2 of the data has "x"/],
    ['a missing value', '1,2\n3,\n', undefined, 2, /value of the column "column 2" is missing, in row 2/],
    ['NaN', '1,2\nnan,4\n', undefined, 1, /"column 1" is missing, in row 2/],
    ['infinity', '1,2\n3,-Infinity\n', 2, 2, /"-Infinity" is infinite/],
    ['a number beyond float64', '1,2\n\n1e400,4\n', 3, 1, /"1e400" is infinite/],
    ['a hexadecimal number', '1,2\n0x10,4\n', undefined, 1, /"column 1" is not of numbers/],
    ['a short line', '1,2,3\n1,2,3\n4,5\n', 3, 2, /has 2 values, but the table has 3 columns/],
    ['a long line', '1,2\n3,4\n3,4,5\n', 3, 3, /has 3 values, but the table has 2 columns/],
    ['a long line after blank ones', 'a,b\n1,2\n\n\n3,4\n3,4,5\n', 6, 3, /has 3 values/],
    ['a short line after a quoted line break', '"a\nb",c\n1,2\n1,2\n3\n', 5, 1, /has 1 value,/],
    [
      'a label that is not whole',
      '1.5,2\n',
      undefined,
      undefined,
      /label 1.5 is not a whole number/,
      { labelColumn: 'first' },
    ],
    ['labels alone', '1\n2\n', undefined, undefined, /nothing is left/, { labelColumn: 'first' }],
    ['an open quote', '1,2\n3,4\n"3,4\n', 3, undefined, /quote/],
    ['text after a quote', '1,2\n3,4\n"3"x,4\n', 3, undefined, /quote/],
    ['no text', '', undefined, undefined, /empty/],
    ['blank lines alone', '\n \n', undefined, undefined, /empty/],
    ['a header alone', 'a,b\n', undefined, undefined, /no rows/],
  ])('gives the place of %s', (_, text, row, column, message, options) => {
    const error = errorOf(text, options);
    expect(error).toMatchObject({ code: 'FORMAT', file: 'points.csv', row, column });
    expect(error.message).toMatch(message);
  });

  it.each<[CsvOptions['labelColumn'], RegExp]>([
    [0, /columns 1 to 2/],
    [-1, /columns 1 to 2/],
    [1.5, /columns 1 to 2/],
    [9, /labelColumn is 9, but CSV data has columns 1 to 2/],
    [{ name: 'c' }, /no column of CSV data is called "c"/],
  ])('rejects the label column %j', (labelColumn, message) => {
    expect(() => read('a,b\n1,2\n', { labelColumn })).toThrow(InvalidArgumentError);
    expect(() => read('a,b\n1,2\n', { labelColumn })).toThrow(message);
  });

  it('reads rows without a label as a class of their own', () => {
    expect(read('label,a\nx,2\n,3\n').classNames).toEqual(['(missing)', 'x']);
  });
});
