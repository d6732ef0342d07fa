import { Random } from '@shoal/core';
import { atOnce } from '@shoal/core/engine-kit';
import { describe, expect, it } from 'vitest';
import { encode } from '../../../test/bytes.ts';
import type { ReadOptions } from '../read-options.ts';
import { numberModule } from './number-module.ts';
import { openDelimited } from './open-delimited.ts';
import { scanWhole } from './scan-whole.ts';

const module = await numberModule();

/** All that is known after a pass over a text, or the error that it ends with. */
function scanned(text: string, options: ReadOptions, by: WebAssembly.Module | undefined): unknown {
  const opened = openDelimited({ bytes: encode(text), file: 'a.csv', options });
  try {
    const { columns, rows, ...others } = atOnce(scanWhole(opened, { module: by }));
    return {
      rows,
      ...others,
      kinds: columns.kinds,
      quotedWords: columns.quotedWords,
      numbers: columns.numbers.map((values) => values.subarray(0, rows)),
      codes: columns.dictionaries.map((dictionary) => dictionary?.codes.subarray(0, rows)),
    };
  } catch (error) {
    return error;
  }
}

function expectSame(text: string, options: ReadOptions = {}): void {
  expect(scanned(text, options, module)).toEqual(scanned(text, options, undefined));
}

/** Whole lines of numbers, which the end of a text is not read with. */
const PADDING = '1.5,2,3\n'.repeat(40);

describe('numbers that WebAssembly reads', () => {
  it('is there', () => {
    expect(module).toBeInstanceOf(WebAssembly.Module);
  });

  it('are the nearest float64 of 100,000 texts', () => {
    const texts = numberTexts(25_000);
    const opened = openDelimited({
      bytes: encode(`x,y\n${texts.map((text) => `${text},0\n`).join('')}`),
      file: 'a.csv',
      options: {},
    });
    const { columns, rows } = atOnce(scanWhole(opened, { module }));
    const [numbers] = columns.numbers;
    expect(rows).toBe(texts.length);
    expect(numbers.subarray(0, rows)).toEqual(Float64Array.from(texts, Number));
  });

  it.each([
    '0',
    '-0',
    '+7',
    '.5',
    '-.5',
    '5.',
    '-5.',
    '.',
    '-',
    '1e5',
    '1E-5',
    '-1.25e+3',
    '1e',
    '1e+',
    '1.2.3',
    '0x10',
    '--1',
    '1-',
    '007',
    '-01',
    '00.5',
    '0.0',
    '9007199254740991',
    '9007199254740992',
    '9007199254740993.0',
    '9007199254740993.',
    '123456789012345678e2',
    '12345678901234567890',
    '12345678901234567890.5',
    '123456789012345678901234567890',
    '1e22',
    '1e23',
    '1e39',
    '1e400',
    '1e-400',
    '1.7976931348623157e308',
    '5e-324',
    '2.4703282292062327208e-324',
    '8.41e21',
    '1e0005',
    '1e00005',
    '9.5367431640625e-7',
    '0.000000000000000000000000000000123456789012345678901234567890',
    '0.00000000001234567890123',
    '1.00000000000000011102230246251565',
    '12345678',
    '-12345678.12345678',
    '1234567.1234567',
    '0.12345678901234567890',
    '1.1234567890123456',
    '1.12345678901234567',
    '0e5',
    '0.000e-5',
    'NA',
    'nan',
    '',
    ' 4',
    '4 ',
    '\t4\t',
    ' ',
    '"4"',
    '"x"',
    '?',
    '1,5',
    '1 000',
    'word',
    '12a',
    '\u2013',
  ])('are the same as without it: %j', (text) => {
    for (const column of [0, 1, 2]) {
      const cells = ['1', '2', '3'];
      cells[column] = text;
      expectSame(`x,y,z\n${PADDING}${cells.join(',')}\n${PADDING}`);
    }
    expectSame(`x\n${'1.5\n'.repeat(40)}${text}\n${'2\n'.repeat(40)}`);
  });

  it.each<[string, string, ReadOptions]>([
    [
      'blank lines and Windows lines',
      `x,y,z\r\n${`${PADDING}\n  \n,,\n`.repeat(3).replaceAll('\n', '\r\n')}`,
      {},
    ],
    ['carriage returns alone', `x,y,z\n${PADDING}`.replaceAll('\n', '\r'), {}],
    ['a separator at the end of lines', `x,y,z\n${PADDING.replaceAll('\n', ',\n')}${PADDING}`, {}],
    ['a line that is too long', `x,y,z\n${PADDING}1,2,3,4\n${PADDING}`, {}],
    ['a line that is too short', `x,y,z\n${PADDING}1,2\n${PADDING}`, {}],
    ['a header that comes again', `x,y,z\n${PADDING}x,y,z\n${PADDING}`, {}],
    ['a header that starts with a number', `2019,y,z\n${PADDING}2019,y,z\n${PADDING}`, { header: 'yes' }],
    ['comments', `# it\nx,y,z\n${PADDING}# 1,2,3\n${PADDING}`, {}],
    ['comments that start like numbers', `x,y,z\n${PADDING}1.5 is less\n${PADDING}`, { comment: '1.5 ' }],
    ['missing values', `x,y,z\n${'1,,3\n,2,\n,,\n , ,4\n'.repeat(40)}`, {}],
    ['nothing but missing values', `x,y,z\n${',,\n'.repeat(80)}`, { header: 'yes' }],
    ['tabs', `x\ty\tz\n${'1\t 2 \t\n\t5\t6\n'.repeat(40)}`, {}],
    ['runs of blanks', `x y z\n${'1  2 3\n 4 5  6 \n'.repeat(40)}`, {}],
    ['decimal commas', `x;y\n${'1,5;-2,25\n0,5;7\n'.repeat(40)}`, {}],
    ['texts between', `x,y,z\n${'1,a,3\n4.5,"b, c",6\n'.repeat(40)}`, {}],
    ['a column that becomes texts', `x,y,z\n${PADDING}1,unknown,3\n${PADDING}`, {}],
    ['no end of the last line', `x,y,z\n${PADDING}1,2,3`, {}],
  ])('are the same as without it: %s', (_, text, options) => {
    expectSame(text, options);
  });

  it('are the same in texts of many blocks, with more rows than the sample shows', () => {
    const long = `${'123456.123456,'.repeat(19)}7\n`;
    const short = `${'1,'.repeat(19)}7\n`;
    expectSame(long.repeat(900) + short.repeat(7000) + long.repeat(50));
    expectSame(`${'1,'.repeat(3000)}7\n`.repeat(45));
    expectSame(`${'1,'.repeat(5000)}7\n`.repeat(3));
  });

  it('are the same in random texts', () => {
    const random = new Random(11);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random.uniform() * values.length)];
    const numbers = numberTexts(500);
    const odd = ['', ' ', 'NA', '"1"', '+1', 'x', ' 2', '3 ', '007', '1,2', '-'];
    for (let i = 0; i < 100; i++) {
      const share = pick([0.001, 0.02, 0.2]);
      const cell = (): string => (random.uniform() < share ? pick(odd) : pick(numbers));
      const lines = Array.from({ length: 120 }, () => Array.from({ length: 5 }, cell).join(','));
      expectSame(`a,b,c,d,e\n${lines.join(pick(['\n', '\r\n']))}`);
    }
  });
});

/** Four times as many texts: of float64 of all bits, of what programs write, of random digits, and near the middle of two. */
function numberTexts(count: number): readonly string[] {
  const random = new Random(7);
  const bits = new DataView(new ArrayBuffer(8));
  const digits = (length: number): string =>
    Array.from({ length }, () => Math.floor(random.uniform() * 10)).join('');
  return Array.from({ length: count }, () => {
    bits.setUint32(0, random.uniform() * 2 ** 32);
    bits.setUint32(4, random.uniform() * 2 ** 32);
    const anyBits = bits.getFloat64(0);
    const unit = random.uniform();
    const power = Math.floor(random.uniform() * 8);
    const middle = (unit * 10 ** power).toPrecision(21).slice(0, 19);
    return [
      Number.isFinite(anyBits) && Math.abs(anyBits) < 2 ** 53 ? String(anyBits) : '1.5',
      String(-unit / 3),
      `${1 + Math.floor(random.uniform() * 9)}.${digits(1 + Math.floor(random.uniform() * 24))}e${power - 4}`,
      middle.includes('e') ? '0.5' : middle,
    ];
  }).flat();
}
