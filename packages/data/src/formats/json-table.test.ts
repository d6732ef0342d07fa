import { readFileSync } from 'node:fs';
import { cellAt, type Table } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import { encode } from '../../test/bytes.ts';
import { FormatError } from '../errors.ts';
import { readLabels, readPoints } from './points.ts';
import { readTable } from './table.ts';

const read = (text: string, name = 'x.json'): Promise<Table> => readTable(encode(text), name);

/** Cells by column: the name, the type, and a value per row. */
function cells({ columns, rows }: Table): unknown[] {
  return columns.map((column) => [
    column.name,
    column.type,
    ...Array.from({ length: rows }, (_, row) => cellAt(column, row)),
  ]);
}

const FRAME = [
  ['a', 'number', 1, 2],
  ['b', 'text', 'x', 'y'],
];

describe('tables in JSON', () => {
  it.each([
    ['a list of objects', '[{"a":1,"b":"x"},{"a":2,"b":"y"}]'],
    ['objects with a name that is missing', ' [ {"a":1,"b":"x"}, {"b":"y", "a":2} ] \n'],
    ['an object of lists', '{"a":[1,2],"b":["x","y"]}'],
    ['lists with the names in the first', '[["a","b"],[1,"x"],[2,"y"]]'],
    ['pandas, columns', '{"a":{"0":1,"1":2},"b":{"0":"x","1":"y"}}'],
    ['pandas, index', '{"0":{"a":1,"b":"x"},"1":{"a":2,"b":"y"}}'],
    ['pandas, split', '{"columns":["a","b"],"index":[0,1],"data":[[1,"x"],[2,"y"]]}'],
    ['pandas, table', '{"schema":{"fields":[]},"data":[{"a":1,"b":"x"},{"a":2,"b":"y"}]}'],
    ['rows beside other things', '{"next":null,"results":[{"a":1,"b":"x"},{"a":2,"b":"y"}],"tags":[1]}'],
    ['a mark at its beginning', '\ufeff[{"a":1,"b":"x"},{"a":2,"b":"y"}]'],
    ['one object per line', '{"a":1,"b":"x"}\n\n{"a":2,"b":"y"}'],
  ])('reads %s', async (_, text) => {
    expect(cells(await read(text))).toEqual(FRAME);
  });

  it('reads the features of a GeoJSON map', async () => {
    const table = await read(
      '{"type":"FeatureCollection","metadata":{"count":2},"features":[' +
        '{"type":"Feature","id":"a","properties":{"mag":2},"geometry":{"type":"Point","coordinates":[-118.6,34.5,7]}},' +
        '{"type":"Feature","id":"b","properties":{"mag":3},"geometry":{"type":"LineString","coordinates":[[1,2],[3,4]]}}]}',
    );
    expect(cells(table)).toEqual([
      ['id', 'text', 'a', 'b'],
      ['mag', 'number', 2, 3],
      ['longitude', 'number', -118.6, undefined],
      ['latitude', 'number', 34.5, undefined],
      ['altitude', 'number', 7, undefined],
    ]);
    expect(table.notes.join(' ')).toMatch(
      /features of a GeoJSON map\. Shapes other than points are left out/,
    );
  });

  it('takes lists of one length for columns, also where one has objects', async () => {
    const table = await read('{"id":[1,2],"info":[{"a":1,"b":"x"},{"a":2,"c":{"d":true}}],"x":["u","v"]}');
    expect(cells(table)).toEqual([
      ['id', 'number', 1, 2],
      ['info.a', 'number', 1, 2],
      ['info.b', 'text', 'x', undefined],
      ['info.c.d', 'boolean', undefined, true],
      ['x', 'text', 'u', 'v'],
    ]);
  });

  it('keeps the order of columns in a data frame, and names that are repeated', async () => {
    const table = await read(
      '{"columns":["10","2","a","a",["b",1]],"index":[0,1],"data":[[1,2,3,4,5],[6,7,8,{"z":9},10]]}',
    );
    expect(cells(table)).toEqual([
      ['10', 'number', 1, 6],
      ['2', 'number', 2, 7],
      ['a', 'number', 3, 8],
      ['a', 'number', 4, undefined],
      ['a.z', 'number', undefined, 9],
      ['["b",1]', 'number', 5, 10],
    ]);
  });

  it('knows words for missing values', async () => {
    const rows = '[{"x":1,"t":"a","b":true},{"x":"NA","t":"?","b":"null"},{"x":"","t":"None","b":false}]';
    const lists = '{"x":[1,"NA",""],"t":["a","?","None"],"b":[true,"null",false]}';
    for (const text of [rows, lists]) {
      expect(cells(await read(text))).toEqual([
        ['x', 'number', 1, undefined, undefined],
        ['t', 'text', 'a', undefined, undefined],
        ['b', 'boolean', true, undefined, false],
      ]);
    }
  });

  it('makes numbers of texts that are all plain numbers, and says so', async () => {
    const table = await read(
      '[{"p":"1.5","q":"2","zip":"00123","id":"9007199254740993","word":"1"},' +
        '{"p":"-1e3","q":3,"zip":"10115","id":"2","word":"1,000"},{"p":"NaN","q":null,"zip":"1","id":"3","word":"2"}]',
    );
    expect(cells(table)).toEqual([
      ['p', 'number', 1.5, -1000, undefined],
      ['q', 'number', 2, 3, undefined],
      ['zip', 'text', '00123', '10115', '1'],
      ['id', 'text', '9007199254740993', '2', '3'],
      ['word', 'number', 1, 1000, 2],
    ]);
    expect(table.notes.slice(0, 1)).toEqual([
      'Numbers that are written as texts are read as numbers: "p", "q", "word"; commas as thousands marks.',
    ]);
  });

  it('reads UTF-16', async () => {
    const text = new Uint16Array(
      Array.from('\ufeff[{"a":1,"b":"x"},{"a":2,"b":"y"}]', (c) => c.charCodeAt(0)),
    );
    expect(cells(await readTable(new Uint8Array(text.buffer), 'x.json'))).toEqual(FRAME);
  });

  it('reads matrices, with null as missing, and labels', async () => {
    const { points } = await readPoints(encode('[[1,2.5],[3,-4e2]]'), 'x.json');
    expect(points).toMatchObject({ rows: 2, columns: 2, data: Float64Array.of(1, 2.5, 3, -400) });
    expect((await read('[[1,null],[3,4]]')).columns[0]).toMatchObject({
      values: { data: Float64Array.of(1, NaN, 3, 4) },
    });
    expect(await readLabels(encode('[0,1,-1]'), 'x.json')).toEqual(Int32Array.of(0, 1, -1));
  });

  it('keeps what is missing, nested, long, or called like a part of JavaScript', async () => {
    const text =
      '[{"id":1152921504606846977,"big":100000000000000000000,"place":{"x":1,"y":null},"tags":["a"],"v":[1,2],"__proto__":5},' +
      '{"id":3,"big":2,"n":NaN,"s":"NaN, 12345678901234567890 \\" {","constructor":true,"v":[3,4]}]';
    const table = await read(text);
    expect(cells(table)).toEqual([
      ['id', 'text', '1152921504606846977', '3'],
      ['big', 'number', 1e20, 2],
      ['place.x', 'number', 1, undefined],
      ['place.y', 'number', undefined, undefined],
      ['tags', 'text', '["a"]', undefined],
      ['v', 'vector', Float64Array.of(1, 2), Float64Array.of(3, 4)],
      ['__proto__', 'number', 5, undefined],
      ['n', 'number', undefined, undefined],
      ['s', 'text', undefined, 'NaN, 12345678901234567890 " {'],
      ['constructor', 'boolean', undefined, true],
    ]);
    expect(table.notes).toEqual([
      expect.stringMatching(/beyond 2\^53 are kept as texts/),
      expect.stringMatching(/^The column "id" has whole numbers beyond 2\^53/),
    ]);
  });

  it.each([
    ['records', '[{"i":1152921504606846976,"n":1},{"i":1152921504606846977,"n":2}]'],
    ['columns', '{"i":{"0":1152921504606846976,"1":1152921504606846977},"n":{"0":1,"1":2}}'],
    ['index', '{"0":{"i":1152921504606846976,"n":1},"1":{"i":1152921504606846977,"n":2}}'],
    ['split', '{"columns":["i","n"],"data":[[1152921504606846976,1],[1152921504606846977,2]]}'],
    ['lists', '{"i":[1152921504606846976,1152921504606846977],"n":[1,2]}'],
    ['lines', '{"i":1152921504606846976,"n":1}\n{"i":1152921504606846977,"n":2}'],
  ])('keeps all digits of long whole numbers in %s', async (_, text) => {
    const table = await read(text);
    expect(cells(table)).toEqual([
      ['i', 'text', '1152921504606846976', '1152921504606846977'],
      ['n', 'number', 1, 2],
    ]);
    expect(table.notes).toContainEqual(expect.stringMatching(/beyond 2\^53 are kept as texts/));
  });

  it('reads texts as delimited text does: signs, units, dates, and what is missing', async () => {
    const text =
      '[{"money":"$1,005.50","share":"10%","mass":"3 kg","day":"13/2/2024","word":"a","flag":"yes"},' +
      '{"money":"-$2","share":"2.5 %","mass":"4.5 kg","day":"1/2/2024","word":"1.5","flag":"no"},' +
      '{"money":"n.d.","share":"","mass":null,"day":null,"word":"2","flag":"no"}]';
    const table = await readTable(encode(text), 'x.json', { missingValues: ['n.d.'] });
    expect(cells(table)).toEqual([
      ['money', 'number', 1005.5, -2, undefined],
      ['share', 'number', 10, 2.5, undefined],
      ['mass', 'number', 3, 4.5, undefined],
      ['day', 'date', '2024-02-13', '2024-02-01', undefined],
      ['word', 'text', 'a', '1.5', '2'],
      ['flag', 'text', 'yes', 'no', 'no'],
    ]);
    expect(table.columns.slice(0, 3)).toMatchObject([{ unit: '$' }, { unit: '%' }, { unit: 'kg' }]);
    expect(table.notes).toEqual([
      'Numbers that are written as texts are read as numbers: "money", "share", "mass"; without the sign $; commas as thousands marks; in percent; without the unit kg.',
      'Texts that are dates are read as dates: "day".',
      'In dates of the column "day", such as 13/2/2024, the day comes first.',
      'The column "word" is text: row 1 has "a" among the numbers. If that means a missing value, add --missing-values a; if its row has units or another header, remove that.',
    ]);
  });

  it('reads the money of vega-datasets', async () => {
    const place = '../../node_modules/vega-datasets/data/budget.json';
    const budget = readFileSync(new URL(place, import.meta.url));
    const table = await readTable(budget, 'budget.json');
    const [first] = JSON.parse(budget.toString('utf8')) as readonly Readonly<Record<string, string>>[];
    const year = table.columns.find(({ name }) => name === '1977')!;
    expect(cellAt(year, 0)).toBe(Number(first['1977'].replaceAll(',', '')));
  });

  it('makes dates of texts that are dates', async () => {
    const rows =
      '[{"day":"2024-02-29","at":"2024-02-29T12:00:00Z","text":"2024-02-29"},{"day":null,"at":"1969-12-31T23:59:59Z","text":"x"}]';
    const lists =
      '{"day":["2024-02-29",null],"at":["2024-02-29T12:00:00Z","1969-12-31T23:59:59Z"],"text":["2024-02-29","x"]}';
    const expected = [
      ['day', 'date', '2024-02-29', undefined],
      ['at', 'date', '2024-02-29T12:00:00.000Z', '1969-12-31T23:59:59.000Z'],
      ['text', 'text', '2024-02-29', 'x'],
    ];
    for (const text of [rows, lists]) expect(cells(await read(text))).toEqual(expected);
    const unclear = '[{"b":1,"a":"5/6/2024"},{"b":2,"a":"6/5/2024"}]';
    await expect(read(unclear)).rejects.toThrow(
      /column "a", row 1: "5\/6\/2024" can be read as 2024-06-05 \(--date-order day\)/,
    );
    const given = await readTable(encode(unclear), 'x.json', { dateOrder: 'day' });
    expect(cells(given)[1]).toEqual(['a', 'date', '2024-06-05', '2024-05-06']);
  });

  it('reads files longer than a piece, with a value at every boundary', async () => {
    const rows = Array.from(
      { length: 60_000 },
      (_, i) => `{"i":${i},"text":"${'é]},"'.replace('"', '\\"').repeat((i % 7) + 1)}"}`,
    );
    const text = `[${rows.join(',\n')}]`;
    expect(encode(text).length).toBeGreaterThan(2 ** 21);
    const table = await read(text);
    expect(table.rows).toBe(60_000);
    for (const row of [0, 31_415, 59_999]) {
      expect(table.columns.map((column) => cellAt(column, row))).toEqual([
        row,
        'é]},"'.repeat((row % 7) + 1),
      ]);
    }
    expect(cells(await read(rows.join('\n'), 'x.ndjson'))).toEqual(cells(table));
  });

  it('reads the tables of vega-datasets', async () => {
    const place = '../../node_modules/vega-datasets/data/movies.json';
    const movies = readFileSync(new URL(place, import.meta.url));
    const table = await readTable(movies, 'movies.json');
    const expected = JSON.parse(movies.toString('utf8')) as readonly object[];
    expect(table.rows).toBe(expected.length);
    expect(table.columns.map(({ name }) => name)).toEqual(Object.keys(expected[0]));
  });

  it.each([
    ['nothing', '', /the file is empty/],
    ['no rows', '[]', /has no rows/],
    ['no columns', '[{},{}]', /has no rows/],
    ['lists without values', '{"a":[]}', /its lists are empty/],
    [
      'a single object',
      '{"name":"x","version":1}',
      /one object with the keys "name", "version", not a table/,
    ],
    ['an empty object', '{}', /an empty object/],
    ['one feature', '{"type":"Feature","geometry":null,"properties":{"a":1}}', /one feature of GeoJSON/],
    ['TopoJSON', '{"type":"Topology","objects":{}}', /TopoJSON, not a table/],
    ['columns of different lengths', '{"a":[1],"b":[1,2]}', /"b" has 2 values and "a" has 1/],
    ['rows of different lengths', '[[1,2],[3]]', /row 2 is a list of 1 values, and the first is a list of 2/],
    ['rows of different kinds', '[{"a":1},5]', /row 1 is 5, and the rows before it are objects/],
    ['a list after single values', '[1,[2]]', /row 2 is a list, and the rows before it are single values/],
    ['a comma too many', '[{"a":1},]', /not valid JSON: element 2 is nothing/],
    ['an element that is no value', '[{"a":1},{"a":x}]', /not valid JSON: element 2 is \{"a":x\}/],
    ['an infinity', '[{"a":1},{"a":Infinity}]', /element 2 .*JSON has no infinities/],
    ['a list that does not end', '[{"a":1},{"a":2}', /It is cut short/],
    ['an object that does not end', '{"a":[1,2]', /not valid JSON at byte 11/],
    ['a member without a colon', '{"a" [1]}', /not valid JSON at byte 6/],
    ['two values', '[1]\n[2] 3', /something follows the first value, at byte 5|not one value of JSON/],
    ['a key given twice', '[{"a":1},{"b":{"a":1,"a":2}}]', /gives the key "a" twice/],
    ['a key given twice at the top', '{"a":[1],"a":[2]}', /gives the key "a" twice/],
    ['two values for one column', '[{"a":{"b":1},"a.b":2}]', /row 1 gives two values for the column "a.b"/],
    ['a bomb of lists', '['.repeat(1_000_000), /nested more than 64 deep/],
    ['a bomb of objects', `[${'{"a":'.repeat(1_000_000)}`, /nested more than 64 deep/],
    [
      'objects that share no name',
      `[${Array.from({ length: 9000 }, (_, i) => `{"k${i}":1}`).join(',')}]`,
      /not the rows of a table/,
    ],
  ])('refuses %s', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(FormatError);
    await expect(read(text)).rejects.toThrow(message);
  });

  it.each([
    ['a line that is cut', '{"a":1}\n{"a":\n', /line 2: not one value of JSON: \{"a":/],
    ['two values in a line', '{"a":1}\n{"a":2},{"a":3}\n', /line 2: not one value/],
    ['a value on two lines', '{"a":1}\n{"a":1},{"a":2\n"b":3}\n', /line 2: not one value/],
    ['a line break in a text', '{"a":1}\n{"a":"x\ny"}\n', /line 2: not one value/],
    ['a bracket too many', '{"a":1}\n{"a":2}]\n', /line 2: not one value/],
    ['a key given twice', '{"a":1}\n\n{"a":2,"a":3}\n', /line 3: .*gives the key "a" twice/],
    ['another kind of value', '{"a":1}\n[2]\n', /line 2: row 1 is \[2\]/],
  ])('names the line with %s', async (_, text, message) => {
    await expect(read(text, 'x.jsonl')).rejects.toThrow(message);
  });

  it('reads a file of one line by its name', async () => {
    expect((await read('{"a":1}', 'x.jsonl')).rows).toBe(1);
  });

  it('stops when it is aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(readTable(encode('[1,2]'), 'x.json', { signal })).rejects.toThrow('enough');
  });
});
