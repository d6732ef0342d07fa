import { describe, expect, it } from 'vitest';
import { encode } from '../../test/bytes.ts';
import packed from '../../test/fixtures/packed.json' with { type: 'json' };
import { FormatError } from '../errors.ts';
import { readPoints } from './points.ts';
import { isPacked, unpack } from './unpack.ts';

const { text, ...files } = packed;
const bytesOf = (name: keyof typeof files): Uint8Array => new Uint8Array(Buffer.from(files[name], 'base64'));
const options = { file: 'x.csv.zst', maxBytes: 2 ** 31 };

describe('Zstandard', () => {
  it.each(['one frame', 'streamed', 'with a sum', 'several frames'] as const)('unpacks %s', async (name) => {
    expect(isPacked(bytesOf(name))).toBe(true);
    expect(new TextDecoder().decode(await unpack(bytesOf(name), options))).toBe(text);
  });

  it.each(['long, one frame', 'long, streamed'] as const)('unpacks what is %s', async (name) => {
    expect(new TextDecoder().decode(await unpack(bytesOf(name), options))).toBe(text.repeat(100));
  });

  it('is read like the file in it', async () => {
    const { points } = await readPoints(bytesOf('streamed'), 'points.csv.zst');
    expect(points).toMatchObject({ rows: 2000, columns: 2 });
  });

  it.each(['long, one frame', 'long, streamed'] as const)(
    'unpacks no more than allowed of what is %s',
    async (name) => {
      const reading = unpack(bytesOf(name), { ...options, maxBytes: 100_000 });
      await expect(reading).rejects.toThrow(/at most 100000 bytes are read/);
    },
  );

  it('refuses a file that is cut anywhere', async () => {
    for (const name of ['one frame', 'streamed', 'with a sum', 'several frames'] as const) {
      const whole = bytesOf(name);
      for (let length = 4; length < whole.length; length += 97) {
        // A file of several frames may end after one.
        const result = await unpack(whole.subarray(0, length), options).catch((error: unknown) => error);
        if (name === 'several frames' && result instanceof Uint8Array) expect(result).toHaveLength(5000);
        else expect(result).toBeInstanceOf(FormatError);
      }
    }
  });

  it.each([
    ['a header alone', [0x28, 0xb5, 0x2f, 0xfd]],
    // One frame of 2 GiB less one byte, whose only block has one byte.
    ['more than its blocks can hold', [0x28, 0xb5, 0x2f, 0xfd, 0xa0, 255, 255, 255, 127, 9, 0, 0, 65]],
    ['a skippable frame beyond the end', [0x50, 0x2a, 0x4d, 0x18, 255, 255, 255, 255]],
    ['something behind the frame', [...bytesOf('streamed'), 1, 2, 3, 4]],
  ])('refuses %s', async (_, bytes) => {
    await expect(unpack(Uint8Array.from(bytes), options)).rejects.toThrow(
      /zstd data is damaged or cut short/,
    );
  });

  it('refuses windows of hundreds of megabytes', async () => {
    const bytes = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 0xa0, 9, 0, 0, 65);
    await expect(unpack(bytes, options)).rejects.toThrow(/window of 1073741824 bytes, .* without --long/);
  });

  it('stops when it is aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(unpack(bytesOf('long, streamed'), { ...options, signal })).rejects.toThrow('enough');
  });

  it('leaves other bytes as they are', async () => {
    const bytes = encode('1,2\n');
    expect(await unpack(bytes, options)).toBe(bytes);
  });
});
