import { describe, expect, it } from 'vitest';
import { gzipped, idx } from '../../test/bytes.ts';
import { FormatError } from '../errors.ts';
import { readIdx } from './idx.ts';

const images = idx([2, 2, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255]);

describe('readIdx', () => {
  it('reads bytes as bytes, plain and gzipped', async () => {
    for (const file of [images, gzipped(images)]) {
      const { data, shape } = await readIdx(file);
      expect(shape).toEqual([2, 2, 3]);
      expect(data).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255));
    }
  });

  it.each([
    ['signed bytes', 0x09, [0xff, 0x02], Int32Array.of(-1, 2)],
    ['16-bit integers', 0x0b, [0xff, 0xfe, 0x01, 0x00], Int32Array.of(-2, 256)],
    ['32-bit integers', 0x0c, [0xff, 0xff, 0xff, 0xfd, 0, 1, 0, 0], Int32Array.of(-3, 65536)],
    ['32-bit floats', 0x0d, [0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0], Float32Array.of(1.5, -2)],
    [
      '64-bit floats',
      0x0e,
      [0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0],
      Float64Array.of(1.5, -2),
    ],
  ])('reads big-endian %s', async (_, code, bytes, expected) => {
    const { data } = await readIdx(Uint8Array.from([0, 0, code, 1, 0, 0, 0, 2, ...bytes]));
    expect(data).toEqual(expected);
  });

  it.each([
    ['a wrong magic number', Uint8Array.of(0, 0, 7, 1, 0, 0, 0, 0), /starts with the bytes "00 00 07 01"/],
    ['an empty file', new Uint8Array(0), /not an IDX file/],
    ['a cut header', images.subarray(0, 10), /header is cut short at 10 bytes/],
    ['cut data', images.subarray(0, 20), /2 x 2 x 3 elements, 28 bytes in all, but the file has 20/],
    ['data with extra bytes', Uint8Array.from([...images, 0]), /something after the data/],
    ['cut gzip', gzipped(images).subarray(0, 24), /damaged or cut short/],
    [
      'damaged gzip',
      gzipped(images).map((byte, i) => (i === 12 ? byte ^ 0xff : byte)),
      /damaged or cut short/,
    ],
  ])('rejects %s, naming the file', async (_, bytes, message) => {
    const error: unknown = await readIdx(bytes, 'images.idx').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(FormatError);
    expect(error).toMatchObject({
      code: 'FORMAT',
      file: 'images.idx',
      message: expect.stringMatching(message) as string,
    });
  });
});
