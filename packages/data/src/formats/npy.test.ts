import { InvalidArgumentError, ShapeError } from '@shoal/core';
import { cellAt } from '@shoal/tables';
import { describe, expect, it } from 'vitest';
import arrays from '../../test/fixtures/arrays.json' with { type: 'json' };
import cases from '../../test/fixtures/npy.json' with { type: 'json' };
import { encode } from '../../test/bytes.ts';
import { FormatError } from '../errors.ts';
import { readNpy, writeNpy } from './npy.ts';
import { readPoints } from './points.ts';
import { readTable } from './table.ts';

const bytesOfCase = (name: keyof typeof cases): Uint8Array => bytesOf(cases[name].npy);

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

/** An NPY file with any header, well-formed or not. One of version 2 announces 4 GiB of it. */
function npyWithHeader(header: string, data: number[] = [], version = 1): Uint8Array {
  const length = version === 2 ? [255, 255, 255, 255] : [header.length & 255, header.length >> 8];
  return Uint8Array.from([0x93, ...encode('NUMPY'), version, 0, ...length, ...encode(header), ...data]);
}

const headerOfType = (descr: string, shape = '(1,)', data: number[] = []): Uint8Array =>
  npyWithHeader(`{'descr': ${descr}, 'fortran_order': False, 'shape': ${shape}}`, data);

describe('readNpy', () => {
  it.each([
    ['f4', Float32Array],
    ['f8', Float64Array],
    ['u1', Uint8Array],
    ['i4', Int32Array],
    ['u4', Uint32Array],
    ['i8', Float64Array],
    ['big-endian', Float32Array],
    ['column-major', Float32Array],
    ['vector', Float64Array],
  ] as const)('reads %s as NumPy wrote it', (name, type) => {
    const { data, shape } = readNpy(bytesOfCase(name));
    expect(data).toBeInstanceOf(type);
    expect(shape).toEqual(cases[name].shape);
    expect(Array.from(data)).toEqual(cases[name].values);
  });

  it.each([
    ['an integer that float64 cannot hold', bytesOfCase('i8-unsafe'), /element 1 .* 9007199254740992/],
    ['a complex type', bytesOfCase('complex'), /type <c8 are not read; those of b1, .* dates \(M8\)/],
    ['Python objects', bytesOf(arrays.objects), /Python objects, .* astype/],
    ['another magic number', encode('NUMPY'), /does not start with/],
    ['a lone magic number', bytesOfCase('f4').subarray(0, 6), /version 0 is unknown/],
    ['an unknown version', npyWithHeader('', [], 9), /version 9 is unknown/],
    ['a cut header', bytesOfCase('f4').subarray(0, 40), /header is cut short at 40 bytes/],
    ['cut data', bytesOfCase('f4').subarray(0, -1), /152 bytes in all, but the file has 151/],
    ['a header without a shape', npyWithHeader("{'descr': '|u1', 'fortran_order': False}"), /cannot be read/],
    ['a structured array', bytesOf(arrays.aligned), /this is a table/],
    ['a huge header', npyWithHeader('', [], 2), /announces 4294967295 bytes, but at most/],
    ['no type', npyWithHeader("{'fortran_order': False, 'shape': (1,)}"), /has nothing where a type/],
    ['an odd type', headerOfType("'<f4,'"), /has "<f4," where a type/],
    ['an odd field', headerOfType("[('a', 3)]"), /has \["a",3\] where a type/],
    ['records in lists', headerOfType("[('a', [('b', 'u1')], (2,))]"), /"a" is an array of records/],
    ['objects in records', headerOfType("[('a', '|O')]"), /Python objects/],
    ['texts without characters', headerOfType("'<U0'", '(1000000000000,)'), /which is not empty/],
    ['texts in two dimensions', headerOfType("'|S1'", '(1, 1)', [65]), /shape is \(1, 1\)/],
    ['code that is not a literal', npyWithHeader('__import__("os")'), /at its character 1/],
    ['deep nesting', npyWithHeader('('.repeat(200)), /at its character 34/],
    ['an open text', npyWithHeader("{'descr"), /at its character 9/],
    ['a fraction of an extent', headerOfType("'|u1'", '(1.5,)'), /cannot be read/],
    ['a negative extent', headerOfType("'|u1'", '(-1,)'), /has \[-1\] where a type or a shape/],
  ])('rejects %s, naming the file', (_, bytes, message) => {
    const read = (): unknown => readNpy(bytes, 'points.npy');
    expect(read).toThrow(FormatError);
    expect(read).toThrow(message);
    expect(read).toThrow(/^points\.npy: /);
  });
});

describe('arrays of every type and shape', () => {
  it.each(Object.entries(arrays.plain))('reads %s as NumPy wrote it', (_, { npy, shape, values }) => {
    const tensor = readNpy(bytesOf(npy));
    expect(tensor.shape).toEqual(shape);
    expect(Array.from(tensor.data)).toEqual(values);
  });

  it('reads headers of Python 2 and those with a question mark', () => {
    const bytes = headerOfType("'|?'", '(2L, 1L)', [0, 1]);
    expect(readNpy(bytes)).toEqual({ data: Uint8Array.of(0, 1), shape: [2, 1] });
  });

  it('makes images of three dimensions', async () => {
    const bytes = bytesOf(arrays.plain['three dimensions'].npy);
    const [column] = (await readTable(bytes, 'images.npy')).columns;
    expect(column).toMatchObject({ type: 'vector', imageShape: [3, 2] });
    expect((await readPoints(bytes, 'images.npy')).imageShape).toEqual([3, 2]);
  });

  it('refuses a single number', async () => {
    await expect(readTable(bytesOf(arrays.scalar), 'one.npy')).rejects.toThrow(
      /a single number, without rows/,
    );
  });
});

describe('arrays that are tables', () => {
  it('reads a structured array', async () => {
    const table = await readTable(bytesOf(arrays.records), 'records.npy');
    expect(table.rows).toBe(3);
    const cells = table.columns.map((column) => [
      column.name,
      column.type,
      [0, 1, 2].map((row) => cellAt(column, row)),
    ]);
    const day = Date.UTC(2024, 1, 29);
    expect(cells).toEqual([
      ['id', 'text', ['1', '1152921504606846977', '-3']],
      ['größe', 'number', [1.5, undefined, -2]],
      ['name', 'text', ['Adélie', '', '😀']],
      ['code', 'text', ['ab', '', 'éè']],
      ['alive', 'boolean', [true, false, true]],
      ['vector', 'vector', [Float64Array.of(1, 2, 3), Float64Array.of(4, 5, 6), Float64Array.of(7, 8, 9.5)]],
      [
        'image',
        'vector',
        [
          [0, 1, 2, 3],
          [4, 5, 6, 7],
          [8, 9, 10, 11],
        ].map((row) => Float64Array.from(row)),
      ],
      ['day', 'date', ['2024-02-29', undefined, '1969-12-31']],
      ['moment', 'date', ['2024-02-29T12:00:00.500Z', undefined, '1969-12-31T23:59:59.000Z']],
      ['month', 'date', ['2024-02-01', undefined, '1969-12-01']],
      ['place.x', 'number', [0.1, 0.2, 0.3]],
      ['place.y', 'number', [-1, 0, 1]],
    ]);
    expect(table.columns[7]).toMatchObject({
      precision: 'day',
      values: Float64Array.of(day, NaN, -86_400_000),
    });
    expect(table.columns[6]).toMatchObject({ imageShape: [2, 2] });
    expect(table.columns[0]).toMatchObject({ stored: 'int64' });
    expect(table.notes).toEqual(['The column "z" is left out: its type <c8 is not read.']);
  });

  it('steps over the bytes between aligned fields', async () => {
    const { columns } = await readTable(bytesOf(arrays.aligned), 'aligned.npy');
    expect(columns).toMatchObject([
      { name: 'a', values: Uint8Array.of(1, 3), integers: true },
      { name: 'b', values: Float64Array.of(2.5, 4.5), integers: false },
    ]);
  });

  it('reads texts and dates, which have no name', async () => {
    const columns = await Promise.all(
      [arrays.texts, arrays.bytes, arrays.days].map(
        async (file) => (await readTable(bytesOf(file), 'x.npy')).columns[0],
      ),
    );
    expect(columns).toMatchObject([
      { name: 'values', type: 'text', texts: ['b', 'a'], codes: Int32Array.of(0, 1, 0) },
      { type: 'text', texts: ['b', 'a'] },
      { type: 'date', precision: 'day' },
    ]);
  });

  it('reads a header of 20,000 fields', async () => {
    const fields = Array.from({ length: 20_000 }, (_, i) => `('c${i}', '|u1')`).join(', ');
    const header = encode(`{'descr': [${fields}], 'fortran_order': False, 'shape': (2,), }`);
    const bytes = new Uint8Array(12 + header.length + 40_000);
    bytes.set([0x93, ...encode('NUMPY'), 2, 0]);
    new DataView(bytes.buffer).setUint32(8, header.length, true);
    bytes.set(header, 12);
    expect((await readTable(bytes, 'wide.npy')).columns).toHaveLength(20_000);
  });

  it('refuses characters that do not exist', async () => {
    const bytes = headerOfType("'<U1'", '(1,)', [255, 255, 255, 255]);
    await expect(readTable(bytes, 'x.npy')).rejects.toThrow(/element 0 has the code 4294967295/);
  });
});

describe('writeNpy', () => {
  it.each(['f4', 'f8', 'u1', 'i4', 'u4'] as const)('writes %s byte by byte as NumPy does', (name) => {
    expect(writeNpy(readNpy(bytesOfCase(name)))).toEqual(bytesOfCase(name));
  });

  it('writes vectors that are read back', () => {
    const labels = { data: Uint32Array.of(3, 1, 2), shape: [3] };
    expect(readNpy(writeNpy(labels))).toEqual(labels);
  });

  it('rejects shapes that do not fit', () => {
    expect(() => writeNpy({ data: new Uint8Array(5), shape: [2, 3] })).toThrow(ShapeError);
    expect(() => writeNpy({ data: new Uint8Array(1), shape: [1, 1, 1] })).toThrow(InvalidArgumentError);
  });
});
