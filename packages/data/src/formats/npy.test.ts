import { InvalidArgumentError, ShapeError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import cases from '../../test/fixtures/npy.json' with { type: 'json' };
import { encode } from '../../test/bytes.ts';
import { FormatError } from '../errors.ts';
import { readNpy, writeNpy } from './npy.ts';

const bytesOfCase = (name: keyof typeof cases): Uint8Array =>
  new Uint8Array(Buffer.from(cases[name].npy, 'base64'));

/** An NPY file of bytes with any header, well-formed or not. */
function npyWithHeader(header: string, data: number[] = [], version = 1): Uint8Array {
  return Uint8Array.from([
    0x93,
    ...encode('NUMPY'),
    version,
    0,
    header.length,
    0,
    ...encode(header),
    ...data,
  ]);
}

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
    ['three dimensions', bytesOfCase('three-dimensional'), /shape is \(2, 1, 1\)/],
    ['a complex type', bytesOfCase('complex'), /only arrays of type f4, f8/],
    ['another magic number', encode('NUMPY'), /does not start with/],
    ['a lone magic number', bytesOfCase('f4').subarray(0, 6), /version 0 is unknown/],
    ['an unknown version', npyWithHeader('', [], 9), /version 9 is unknown/],
    ['a cut header', bytesOfCase('f4').subarray(0, 40), /header is cut short at 40 bytes/],
    ['cut data', bytesOfCase('f4').subarray(0, -1), /152 bytes in all, but the file has 151/],
    ['a header without a shape', npyWithHeader("{'descr': '|u1', 'fortran_order': False}"), /cannot be read/],
    [
      'a record type',
      npyWithHeader("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}"),
      /only arrays of type/,
    ],
  ])('rejects %s, naming the file', (_, bytes, message) => {
    const read = (): unknown => readNpy(bytes, 'points.npy');
    expect(read).toThrow(FormatError);
    expect(read).toThrow(message);
    expect(read).toThrow(/^points\.npy: /);
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
