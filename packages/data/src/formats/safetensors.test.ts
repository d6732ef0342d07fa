import { InvalidArgumentError, ShapeError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { encode } from '../../test/bytes.ts';
import fixture from '../../test/fixtures/arrays.json' with { type: 'json' };
import { FormatError } from '../errors.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import { readTable } from './table.ts';

/** A file with any header, well-formed or not. */
function withHeader(header: string, data: readonly number[] = []): Uint8Array {
  return Uint8Array.from([
    header.length & 255,
    header.length >> 8,
    0,
    0,
    0,
    0,
    0,
    0,
    ...encode(header),
    ...data,
  ]);
}

const entry = (offsets: string, shape = '[2]', dtype = 'U8'): string =>
  `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;

describe('safetensors', () => {
  it('reads back every type that is written', () => {
    const tensors = {
      odd: { data: Uint8Array.of(1, 2, 255), shape: [3] },
      'encoder/weights': { data: Float32Array.of(1.5, -2), shape: [1, 2] },
      means: { data: Float64Array.of(Math.PI, 1e300), shape: [2, 1] },
      counts: { data: Uint32Array.of(0xffffffff), shape: [1] },
      labels: { data: Int32Array.of(-7), shape: [] },
      none: { data: new Float32Array(0), shape: [0, 4] },
    };
    const file = readSafetensors(writeSafetensors(tensors, { made: 'here' }));
    expect(file).toEqual({ tensors, metadata: { made: 'here' } });
  });

  it('reads a file as the format describes it', () => {
    const file = withHeader(`{"b":${entry('[1,3]')},"a":${entry('[0,1]', '[1,1]')}}  `, [9, 7, 8]);
    expect(readSafetensors(file).tensors).toEqual({
      a: { data: Uint8Array.of(9), shape: [1, 1] },
      b: { data: Uint8Array.of(7, 8), shape: [2] },
    });
  });

  it('aligns every tensor to its element size and gives the same bytes for any order of names', () => {
    const small = { data: Uint8Array.of(1), shape: [1] };
    const large = { data: Float64Array.of(2), shape: [1] };
    const file = writeSafetensors({ a: small, b: large });
    expect(file).toEqual(writeSafetensors({ b: large, a: small }));
    const headerLength = file[0];
    expect(headerLength % 8).toBe(0);
    expect(new DataView(file.buffer).getFloat64(8 + headerLength, true)).toBe(2);
  });

  it.each([
    ['a few bytes', encode('short'), /only 5 bytes/],
    ['a length past the end', Uint8Array.of(255, 0, 0, 0, 0, 0, 0, 0, 1), /header announces 255 bytes/],
    ['a huge length', new Uint8Array(16).fill(255), /header announces 18446744073709551615 bytes/],
    ['a header that is not JSON', withHeader('{"a":'), /not valid JSON/],
    ['a header that is a list', withHeader('[]'), /not a JSON object/],
    ['an entry without offsets', withHeader('{"a":{"dtype":"U8","shape":[2]}}'), /"a" lacks a valid/],
    ['a negative extent', withHeader(`{"a":${entry('[0,2]', '[-2]')}}`, [1, 2]), /"a" lacks a valid/],
    [
      'an unsupported type',
      withHeader(`{"a":${entry('[0,2]', '[2]', 'F8_E4M3')}}`, [1, 2]),
      /"a" has type "F8_E4M3"; F16, .* can be read/,
    ],
    ['offsets that do not fit the shape', withHeader(`{"a":${entry('[0,3]')}}`, [1, 2, 3]), /takes 2 bytes/],
    ['three offsets', withHeader(`{"a":${entry('[0,2,2]')}}`, [1, 2]), /data_offsets are \[0,2,2\]/],
    ['data cut short', withHeader(`{"a":${entry('[0,2]')}}`, [1]), /ends at byte 2 .* only 1/],
    ['a gap', withHeader(`{"a":${entry('[1,3]')}}`, [0, 1, 2]), /"a" begins at byte 1 .* ends at 0/],
    [
      'an overlap',
      withHeader(`{"a":${entry('[0,2]')},"b":${entry('[1,3]')}}`, [1, 2, 3]),
      /"b" begins at byte 1/,
    ],
    ['data with extra bytes', withHeader(`{"a":${entry('[0,2]')}}`, [1, 2, 3]), /end at byte 2 .* has 3/],
    ['metadata that is not text', withHeader('{"__metadata__":{"a":1}}'), /__metadata__/],
  ])('rejects %s, naming the file', (_, bytes, message) => {
    const read = (): unknown => readSafetensors(bytes, 'model.safetensors');
    expect(read).toThrow(FormatError);
    expect(read).toThrow(message);
    expect(read).toThrow(/^model\.safetensors: /);
  });

  it('refuses to write files that could not be read', () => {
    expect(() => writeSafetensors({ a: { data: new Uint8Array(3), shape: [2] } })).toThrow(ShapeError);
    expect(() => writeSafetensors({ __metadata__: { data: new Uint8Array(1), shape: [1] } })).toThrow(
      InvalidArgumentError,
    );
  });
});

describe('files of other programs', () => {
  const bytes = new Uint8Array(Buffer.from(fixture.safetensors, 'base64'));

  it('reads every type as the reference implementation wrote it', () => {
    const { tensors } = readSafetensors(bytes);
    const values = Object.fromEntries(
      Object.entries(tensors).map(([name, { data }]) => [name, Array.from(data)]),
    );
    expect(values).toEqual({
      emb: [1, 2, 3, -4.5],
      half: [1.5, -2],
      ids: [1, -(2 ** 53) + 1],
      mask: [1, 0],
      small: [-5, 5],
      short: [-300, 300],
      wide: [0, 65535],
      big: [2 ** 53 - 1],
      double: [0.1],
    });
    expect(tensors['emb'].shape).toEqual([2, 2]);
  });

  it('reads the tensor that is named, whatever the others are', async () => {
    const odd = withHeader(`{"a":${entry('[0,2]', '[2]', 'F4')},"b":${entry('[2,4]')}}`, [1, 2, 3, 4]);
    const { columns } = await readTable(odd, 'odd.safetensors', { tensor: 'b' });
    expect(columns).toMatchObject([{ type: 'number', values: Uint8Array.of(3, 4), integers: true }]);
    await expect(readTable(odd, 'odd.safetensors', { tensor: 'a' })).rejects.toThrow(/"a" has type "F4"/);
    await expect(readTable(odd, 'odd.safetensors', { tensor: 'c' })).rejects.toThrow(
      /"a" \(2\), "b" \(2\)\.$/,
    );
  });

  it('is known by its first bytes', async () => {
    expect((await readTable(bytes, 'no-name', { tensor: 'emb' })).rows).toBe(2);
  });
});
