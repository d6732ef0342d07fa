import { atOnce } from '@shoal/core/engine-kit';
import { cellAt, type Cell, type Table } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { encode } from '../../../test/bytes.ts';
import { FormatError } from '../../errors.ts';
import type { ReadOptions } from '../read-options.ts';
import { readDelimited } from './read-delimited.ts';

const readBytes = (bytes: Uint8Array, options: ReadOptions = {}): Table =>
  atOnce(readDelimited({ bytes, file: 'table.csv', options }));
const read = (text: string, options?: ReadOptions): Table => readBytes(encode(text), options);

/** Names, then the values of each row. */
const cellsOf = (table: Table): readonly (readonly Cell[])[] => [
  table.columns.map(({ name }) => name),
  ...Array.from({ length: table.rows }, (_, row) => table.columns.map((column) => cellAt(column, row))),
];

const rows = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

describe('the separator', () => {
  it.each([
    ['commas', 'x,y\n1,2.5\n3,4.5\n'],
    ['semicolons', 'x;y\n1;2.5\n3;4.5\n'],
    ['decimal commas between semicolons', 'x;y\n1;2,5\n3;4,5\n'],
    ['tabs', 'x\ty\n1\t2.5\n3\t4.5\n'],
    ['pipes', 'x|y\n1|2.5\n3|4.5\n'],
    ['spaces', 'x y\n1 2.5\n3 4.5\n'],
    ['runs of spaces', '  x    y\n  1  2.5\n  3  4.5  \n'],
    ['decimal commas between spaces', 'x y\n1 2,5\n3 4,5\n'],
    ['a first line that names it', 'sep=;\nx;y\n1;2.5\n3;4.5\n'],
    ['a separator at the end of each line', 'x,y,\n1,2.5,\n3,4.5,\n'],
    ['one at the end of the data alone', 'x;y\n1;2.5;\n3;4.5;\n'],
    ['one at the end of the header alone', 'x,y,\n1,2.5\n3,4.5\n'],
    ['quotes', '"x","y"\n"1","2.5"\n"3","4.5"\n'],
    ['apostrophes for quotes', "'x','y'\n'1','2.5'\n'3','4.5'\n"],
    ['blanks after commas', 'x, y\n1, 2.5\n3 , "4.5" \n'],
    ['carriage returns', 'x,y\r1,2.5\r3,4.5'],
    [
      'Windows lines and blank ones',
      '\uFEFFx,y\r\n\r\n1,2.5\r\n  \r\n3,4.5\r\n,\r\n\r\n'.replace(',\r\n\r\n', '\r\n'),
    ],
    ['a comment', '# measured on Monday\nx,y\n1,2.5\n# then\n3,4.5\n'],
    ['a percent sign before comments', '% by hand\n% in m\nx,y\n1,2.5\n3,4.5\n'],
    ['slashes before comments', '// by hand\nx,y\n1,2.5\n3,4.5\n'],
    ['names in a comment', '# x y\n1 2.5e+00\n3 4.5e+00\n'],
    ['a title', 'Report 2024\n\nx,y\n1,2.5\n3,4.5\n'],
  ])('is found with %s', (_, text) => {
    expect(cellsOf(read(text))).toEqual([
      ['x', 'y'],
      [1, 2.5],
      [3, 4.5],
    ]);
  });

  it('is none in a column of texts or of decimal commas', () => {
    expect(cellsOf(read('review\n"Good, I liked it"\nBad; awful\nFine\n'))).toEqual([
      ['review'],
      ['Good, I liked it'],
      ['Bad; awful'],
      ['Fine'],
    ]);
    expect(cellsOf(read('x\n1,08\n1,14\n'))).toEqual([['x'], [1.08], [1.14]]);
    expect(cellsOf(read('name\nJohn Smith\nJane Doe\n'))).toEqual([['name'], ['John Smith'], ['Jane Doe']]);
  });

  it('may stand in quotes, as may line breaks and quotes', () => {
    const table = read('"length\n(cm)","a, b","say ""hi"""\n"x ""y""",1,z\nu,2,"v\r\nw"\n');
    expect(cellsOf(table)).toEqual([
      ['length\n(cm)', 'a, b', 'say "hi"'],
      ['x "y"', 1, 'z'],
      ['u', 2, 'v\r\nw'],
    ]);
  });

  it('gives equal texts one code, quoted or not', () => {
    const [column] = read('a,b\nx,1\n"x",2\n"q""r",3\n"q""r",4\n').columns;
    expect(column).toMatchObject({ texts: ['x', 'q"r'], codes: Int32Array.of(0, 0, 1, 1) });
  });

  it('is what the caller says', () => {
    expect(cellsOf(read('a,b;c\n1,2;3\n', { delimiter: ',' }))[0]).toEqual(['a', 'b;c']);
    expect(cellsOf(read('1,08\n3,04\n', { decimal: ',' }))).toEqual([['column 1'], [1.08], [3.04]]);
    expect(cellsOf(read('1,080\n3,004\n', { thousands: ',' }))).toEqual([['column 1'], [1080], [3004]]);
    expect(cellsOf(read('1,08\n3,04\n', { delimiter: ',' }))[1]).toEqual([1, '08']);
  });

  it.each<[string, string, RegExp]>([
    [
      'a decimal comma or two columns',
      rows('1,00', '1,08', '6,03'),
      /one column with a decimal comma, 1\.00 \(--decimal comma\) or two columns, 1 and 00 \(--delimiter comma\)/,
    ],
    ['thousands or two columns', rows('9,000', '9,137'), /thousands marks, 9000 \(--thousands comma\)/],
    [
      'thousands or two columns of spaces',
      rows('9 000', '9 137'),
      /9000 \(--thousands space\), or two|9000 \(--thousands space\) or two/,
    ],
    [
      'a decimal comma or a broken line',
      rows('1,2', '3', '4,5'),
      /--decimal comma.*line 2 has another number/,
    ],
    [
      'thousands or decimals, of tabs',
      rows('a\tb', '9,000\t1', '9,137\t2'),
      /9\.000 \(--decimal comma\) or as 9000/,
    ],
    [
      'thousands or decimals, beside whole ones',
      rows('a;b', '950;1', '1.234;2'),
      /1\.234 \(--decimal point\) or as 1234/,
    ],
    [
      'the same in the last of many lines',
      rows('a;b', ...Array.from({ length: 9000 }, (_, i) => `${i % 1000};2`), '1.234;2'),
      /line 9002, column 1: "1\.234" can be read as 1\.234 \(--decimal point\) or as 1234/,
    ],
    [
      'the order of dates',
      rows('d,v', '3/4/2024,1', '5/6/2024,2', '1/2/2024,3'),
      /2024-04-03 \(--date-order day\) or as 2024-03-04/,
    ],
  ])('names both readings when they are as good: %s', (_, text, message) => {
    expect(() => read(text)).toThrow(FormatError);
    expect(() => read(text)).toThrow(message);
  });
});

describe('the encoding', () => {
  const text = 'größe,ort\n1,Zürich\n2,Köln\n';
  const utf16 = (mark: number, littleEndian: boolean): Uint8Array => {
    const codes = [...(mark === 0 ? [] : [mark]), ...Array.from(text, (char) => char.charCodeAt(0))];
    const view = new DataView(new ArrayBuffer(2 * codes.length));
    codes.forEach((code, i) => {
      view.setUint16(2 * i, code, littleEndian);
    });
    return new Uint8Array(view.buffer);
  };
  const latin1 = Uint8Array.from(text, (char) => char.charCodeAt(0));

  it.each<[string, Uint8Array, RegExp]>([
    ['UTF-8', encode(text), /^Commas/],
    ['UTF-8 with a mark', encode(`\uFEFF${text}`), /^Commas/],
    ['UTF-16, little-endian, with a mark', utf16(0xfeff, true), /^The text is UTF-16/],
    ['UTF-16, big-endian, with a mark', utf16(0xfeff, false), /^The text is UTF-16/],
    ['UTF-16, little-endian', utf16(0, true), /^The text is UTF-16/],
    ['UTF-16, big-endian', utf16(0, false), /^The text is UTF-16/],
    ['Latin-1', latin1, /^The text is Latin-1/],
  ])('is found: %s', (_, bytes, note) => {
    const table = readBytes(bytes);
    expect(cellsOf(table)).toEqual([
      ['größe', 'ort'],
      [1, 'Zürich'],
      [2, 'Köln'],
    ]);
    expect(table.notes[0]).toMatch(note);
  });

  it('is what the caller says', () => {
    expect(cellsOf(readBytes(encode(text), { encoding: 'windows-1252' }))[0]).toEqual(['grÃ¶ÃŸe', 'ort']);
    expect(() => readBytes(latin1, { encoding: 'utf-8' })).toThrow(/not UTF-8.*--encoding/);
  });

  it.each([
    ['a web page', '<!DOCTYPE html><html><body>404</body></html>', /HTML/],
    ['a ZIP archive', 'PK\u0003\u0004...', /ZIP.*Save it as CSV/],
    ['SPSS', '$FL2@(#) SPSS', /SPSS.*Save it as CSV or Parquet/],
    ['Stata', '<stata_dta><header>', /Stata.*Save it as CSV or Parquet/],
    ['old Stata', 'r\u0002\u0001\u0000', /Stata.*Save it as CSV or Parquet/],
    ['SQLite', 'SQLite format 3\u0000', /SQLite.*Save its table as CSV or Parquet/],
    ['PDF', '%PDF-1.7\n', /PDF/],
    ['XML', '<?xml version="1.0"?><a/>', /XML/],
    ['bytes', 'a,b\u0000\u0000\u00001', /byte 3 .* is zero/],
  ])('is not that of text: %s', (_, content, message) => {
    expect(() => read(content)).toThrow(message);
  });
});

describe('numbers', () => {
  it.each<[string, readonly string[], readonly number[]]>([
    ['commas for thousands', ['"9,000"', '"10,096"', '950'], [9000, 10096, 950]],
    ['Indian groups', ['"12,34,567"', '"1,00,000"'], [1234567, 100000]],
    ['spaces for thousands', ['9 000', '10 096', '950.5'], [9000, 10096, 950.5]],
    ['narrow spaces for thousands', ['9\u202f000', '10\u00a0096'], [9000, 10096]],
    ['apostrophes for thousands', ["9'000", '10\u2019096'], [9000, 10096]],
    ['dollars', ['"$1,250.50"', '-$3', '$ 7'], [1250.5, -3, 7]],
    ['euros behind', ['12 €', '3.5€'], [12, 3.5]],
    ['percent', ['12.5%', '7 %'], [12.5, 7]],
    ['parentheses for negative ones', ['(100)', '20'], [-100, 20]],
    ['a real minus', ['\u22125', '6'], [-5, 6]],
    ['decimal commas in quotes', ['"1,5"', '"-2,25"'], [1.5, -2.25]],
    ['exponents', ['1e-5', '2E+3', '.5', '5.'], [1e-5, 2000, 0.5, 5]],
    ['beyond float32', ['1e39', '-2e300'], [1e39, -2e300]],
  ])('with %s', (_, texts, values) => {
    const table = read(rows('x,y', ...texts.map((text, i) => `${text},${i}`)));
    expect(table.columns[0]).toMatchObject({ type: 'number', name: 'x' });
    expect(cellsOf(table).slice(1)).toEqual(values.map((value, i) => [value, i]));
  });

  it('with points for thousands beside decimal commas', () => {
    expect(cellsOf(read(rows('x;y', '1.234,50;2.000', '999,25;950'))).slice(1)).toEqual([
      [1234.5, 2000],
      [999.25, 950],
    ]);
  });

  it('with points are decimal in a file with semicolons when one of them can have no other meaning', () => {
    const whole = Array.from({ length: 9000 }, (_, i) => `${i % 1000};7`);
    const last = (line: string) => cellsOf(read(rows('a;b', ...whole, line))).at(-1);
    expect(last('1.25;7')).toEqual([1.25, 7]);
    expect(last('1.234;0.5')).toEqual([1.234, 0.5]);
    expect(cellsOf(read(rows('a;b', ...whole, '1.234;7'), { decimal: ',' })).at(-1)).toEqual([1234, 7]);
  });

  it('with points alone are in doubt where semicolons separate them, when all have three decimals', () => {
    const text = rows('a;b', 'x;1.037', 'y;31.250', 'z;2.500');
    expect(() => read(text)).toThrow(
      /"1\.037" can be read as 1\.037 \(--decimal point\) or as 1037 \(--decimal comma\)/,
    );
    expect(cellsOf(read(text, { decimal: ',' }))[2]).toEqual(['y', 31250]);
    expect(cellsOf(read(text, { decimal: '.' }))[2]).toEqual(['y', 31.25]);
    expect(read(rows('a;b', 'x;1,5')).decimal).toBe(',');
    expect(read(rows('a;b', 'x;1.5')).decimal).toBeUndefined();
  });

  it('may have blanks around them in quotes', () => {
    expect(cellsOf(read(rows('a,b', '"   1.5","2024-05-01 "', '"12.25 ",2024-05-02'))).slice(1)).toEqual([
      [1.5, '2024-05-01'],
      [12.25, '2024-05-02'],
    ]);
  });

  it('are stored in the narrowest array that holds them exactly', () => {
    const table = read(rows('a,b,c,d,e,f', '1,-1,70000,0.5,0.1,1', '255,300,-5,2.5,3,'));
    expect(table.columns).toMatchObject([
      { values: Uint8Array.of(1, 255), integers: true },
      { values: Int16Array.of(-1, 300), integers: true },
      { values: Int32Array.of(70000, -5), integers: true },
      { values: Float32Array.of(0.5, 2.5), integers: false },
      { values: Float64Array.of(0.1, 3), integers: false },
      { values: Float32Array.of(1, NaN), integers: true },
    ]);
  });

  it('may change at any row', () => {
    const lines = Array.from({ length: 5000 }, (_, i) => `${i},${i}`);
    lines[4000] = '4000,"4,000"';
    lines[4500] = '4500,4500 ';
    const table = read(rows('a,b', ...lines));
    expect(table.rows).toBe(5000);
    expect(table.columns[1]).toMatchObject({ type: 'number', values: Uint16Array.from(lines, (_, i) => i) });
  });

  it.each(['inf', '-Infinity', '1e400'])('are not infinite: %s', (text) => {
    expect(() => read(rows('a,b', '1,2', '', `3,${text}`))).toThrow(/line 4, column 2: ".*" is infinite/);
  });
});

describe('other types', () => {
  it('know missing values by many words', () => {
    const words = [
      '',
      'NA',
      'N/A',
      'n/a',
      'NaN',
      'nan',
      'null',
      'NULL',
      'None',
      '?',
      '-',
      '#N/A',
      '<NA>',
      '.',
    ];
    const table = read(rows('i,x,word', ...words.map((word, i) => `${i},${word},${word}`), '99,1.5,yes sir'));
    expect(table.rows).toBe(words.length + 1);
    expect(cellsOf(table).slice(1, -1)).toEqual(words.map((_, i) => [i, undefined, undefined]));
    expect(cellsOf(table).at(-1)).toEqual([99, 1.5, 'yes sir']);
  });

  it('know words in quotes for texts, where not all values are in quotes', () => {
    const text = rows(
      'i,code,truth,x',
      '1,"NA","true","9,000"',
      '2,NA,"no","NA"',
      '3,"NO","null",950',
      '4,"","true",7',
    );
    expect(cellsOf(read(text)).slice(1)).toEqual([
      [1, 'NA', 'true', 9000],
      [2, undefined, 'no', undefined],
      [3, 'NO', 'null', 950],
      [4, undefined, 'true', 7],
    ]);
    expect(cellsOf(read(text, { missingValues: ['NA'] }))[1]).toEqual([1, undefined, 'true', 9000]);
    const inQuotes = rows('"i","code","truth"', '"1","NA","true"', '"2","SE","false"', '"NA",NA,"null"');
    expect(cellsOf(read(inQuotes)).slice(1)).toEqual([
      [1, undefined, true],
      [2, 'SE', false],
      [undefined, undefined, undefined],
    ]);
  });

  it('take -999 for missing only when told', () => {
    const text = rows('a,b', '1,-999', '-999,x', '3,unknown');
    expect(cellsOf(read(text))[1]).toEqual([1, '-999']);
    expect(cellsOf(read(text, { missingValues: ['-999', 'unknown'] })).slice(1)).toEqual([
      [1, undefined],
      [undefined, 'x'],
      [3, undefined],
    ]);
    expect(read(rows('a', '-999', '0', '1'), { missingValues: ['-999', '', ' '] }).columns[0]).toMatchObject({
      values: Float32Array.of(NaN, 0, 1),
    });
  });

  it.each([
    ['True', 'False'],
    ['TRUE', 'false'],
    ['yes', 'No'],
    ['Y', 'N'],
    ['t', 'f'],
  ])('are booleans: %s and %s', (yes, no) => {
    const table = read(rows('x,active', `1,${yes}`, `2,${no}`, '3,'));
    expect(table.columns[1]).toMatchObject({
      type: 'boolean',
      values: Uint8Array.of(1, 0, 255),
      words: [no, yes],
    });
  });

  it.each([
    ['F', ['F', 'T']],
    ['Yes', ['No', 'Yes']],
    ['y', ['n', 'y']],
    ['FALSE', ['FALSE', 'TRUE']],
    ['true', undefined],
  ])('are booleans with one word, %s, whose words are %s', (word, words) => {
    const [, active] = read(rows('x,active', `1,${word}`, `2,${word}`)).columns;
    expect(active.type === 'boolean' && active.words).toEqual(words);
  });

  it('are text for codes with zeros in front and numbers beyond 2^53, and say so', () => {
    const table = read(rows('zip,id,x', '00123,9007199254740993,1', '10115,9007199254740995,2'));
    expect(cellsOf(table)[1]).toEqual(['00123', '9007199254740993', 1]);
    expect(table.notes.slice(1)).toEqual([
      'The column "zip" has whole numbers with zeros in front, which are codes, and stays text.',
      'The column "id" has whole numbers beyond 2^53, which would be rounded, and stays text.',
    ]);
  });

  it('are text for numbers with a word among them, and say which', () => {
    const { columns, notes } = read(rows('a,b', '1,1', '2,2', '"about, 5",3', '7,4'));
    expect(columns[0].type).toBe('text');
    expect(notes[1]).toBe('The column "a" is text: line 4 has "about, 5" among the numbers.');
    const { notes: plain } = read(rows('a,b', '1,1', '2,2', 'not known,3'));
    expect(plain[1]).toMatch(
      /"not known" among the numbers\. .* add --missing-values "not known"; if its row has units or another header, remove that\.$/,
    );
  });

  it('are text for dates with a day that does not exist among them, and say which', () => {
    const { columns, notes } = read(
      rows('d,x', '2024-05-01,1', '2024-05-02,2', '2024-02-30,3', '2024-05-04,4'),
    );
    expect(columns[0].type).toBe('text');
    expect(notes[1]).toBe('The column "d" is text: line 4 has "2024-02-30" among the dates.');
  });

  it('keep a row with nothing in it, and leave blank lines out', () => {
    const table = read(rows('a,b,c', ',,', '1,2,3', ',,', '', ' , ', '4,5,6'));
    expect(cellsOf(table).slice(1)).toEqual([
      [undefined, undefined, undefined],
      [1, 2, 3],
      [undefined, undefined, undefined],
      [4, 5, 6],
    ]);
    expect(table.notes[0]).toMatch(/2 blank lines left out/);
  });

  it('take many columns of one row', () => {
    const table = read(Array.from({ length: 100_000 }, (_, i) => i % 7).join(','));
    expect([table.rows, table.columns.length]).toEqual([1, 100_000]);
    expect(cellAt(table.columns[99_999], 0)).toBe(99_999 % 7);
    expect(() => read('1,'.repeat(2 ** 20))).toThrow(/more than 524288 values/);
    expect(read(`a,b\n${' '.repeat(2 ** 20)}1,2\n`).rows).toBe(1);
  });
});

describe('numbers with signs around them', () => {
  it.each<[string, string, string, readonly [number, number], RegExp]>([
    ['a minus behind', '1037-', '5', [-1037, 5], /first line names/],
    ['a minus and a blank', '- 5', '7', [-5, 7], /first line names/],
    ['a currency in front', "CHF 1'037", 'CHF -12.50', [1037, -12.5], /without the sign CHF/],
    ['a currency behind', '12,50 EUR', '1.000,00 EUR', [12.5, 1000], /without the sign EUR/],
    ['a unit', '12.5 kg', '3 kg', [12.5, 3], /without the unit kg/],
  ])('are numbers: %s', (_, first, second, values, note) => {
    const { columns, notes } = read(rows('x;y', `${first};1`, `${second};2`));
    expect(columns[0]).toMatchObject({ name: 'x', type: 'number' });
    expect([0, 1].map((row) => cellAt(columns[0], row))).toEqual(values);
    expect(notes[0]).toMatch(note);
  });

  it('are text when they differ', () => {
    const { columns, notes } = read(rows('x;y', '12 kg;1', '300 g;2', '$5m;3'));
    expect(columns[0].type).toBe('text');
    expect(notes[1]).toMatch(/"x" is text/);
    expect(read(rows('x;y', '12 kg;1', '300 g;2')).notes[1]).toMatch(/different ways or units/);
    expect(read(rows('x;y', '$5m;1', '$300;2')).columns[0].type).toBe('text');
  });

  it('do not hide the separator or the header', () => {
    const { columns } = read(rows('a;b', '1,5 kg;2,5 kg', '2,5 kg;3,5 kg'));
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['a', 'number'],
      ['b', 'number'],
    ]);
    expect(cellsOf(read(rows('x,5 min,10 min', '1,2,3', '4,5,6')))[0]).toEqual(['x', '5 min', '10 min']);
    expect(cellsOf(read(rows('180 cm,70 kg', '175 cm,65 kg')))).toEqual([
      ['column 1', 'column 2'],
      [180, 70],
      [175, 65],
    ]);
  });
});

describe('a header that comes again', () => {
  const lines = Array.from({ length: 2000 }, (_, i) => `${i},a`);

  it.each([3, 1500])('is left out, with its line: %s', (at) => {
    const table = read(rows('x,y', ...lines.slice(0, at), 'x,y', ...lines.slice(at)));
    expect(table.rows).toBe(lines.length);
    expect(table.columns[0].type).toBe('number');
    expect(table.notes[0]).toContain(`line ${at + 2}, which repeats the header, left out`);
  });

  it('is a value where the header has no numbers below', () => {
    expect(cellsOf(read(rows('yes', 'no', 'yes')))[0]).toEqual(['column 1']);
  });
});
