import { FormatError } from '../../errors.ts';

/** How characters are written as bytes. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** A text as UTF-8. */
export interface Utf8Text {
  readonly bytes: Uint8Array;
  /** How the file was written. */
  readonly encoding: TextEncoding;
  /** The encoding's name for people, when it is not UTF-8. */
  readonly title?: string | undefined;
}

const TITLES: Readonly<Record<TextEncoding, string | undefined>> = {
  'utf-8': undefined,
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Latin-1 (Windows-1252)',
};

/** How many bytes of a file are looked at to guess its encoding. */
const HEAD_BYTES = 4096;

/** Texts of other encodings are decoded in pieces of this many bytes: the longest string is much shorter than a file. */
const PIECE_BYTES = 1 << 20;

/**
 * A text as UTF-8, without a byte order mark. The encoding is that of the mark; else UTF-16 when every other byte is zero
 * in nearly all places, UTF-8 when the bytes are that, and Windows-1252, which has Latin-1 in it, otherwise.
 *
 * @param given the encoding, if the caller knows it
 * @param seen the bytes that show whether the text is UTF-8; default all
 * @throws {FormatError} when the bytes are not of the encoding given
 */
export function utf8Of(
  bytes: Uint8Array,
  file: string,
  given: TextEncoding | undefined,
  seen: Uint8Array = bytes,
): Utf8Text {
  const encoding = given ?? encodingOf(bytes, seen);
  const title = TITLES[encoding];
  if (encoding !== 'utf-8') return { bytes: transcoded(bytes, encoding), encoding, title };
  if (given !== undefined && !isUtf8(seen)) {
    throw new FormatError(
      { file },
      'the text is not UTF-8. Leave the encoding option (--encoding) out, or name another.',
    );
  }
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { bytes: hasMark ? bytes.subarray(3) : bytes, encoding, title };
}

/** The encoding of UTF-16 text, by its mark or its zeros; undefined when it is none. */
export function utf16Of(head: Uint8Array): TextEncoding | undefined {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const seen = head.subarray(0, HEAD_BYTES & ~1);
  const zeros = [0, 0];
  seen.forEach((byte, i) => {
    if (byte === 0) zeros[i % 2]++;
  });
  const pairs = seen.length >> 1;
  if (pairs < 2) return undefined;
  if (zeros[0] === 0 && zeros[1] > 0.7 * pairs) return 'utf-16le';
  return zeros[1] === 0 && zeros[0] > 0.7 * pairs ? 'utf-16be' : undefined;
}

function encodingOf(bytes: Uint8Array, seen: Uint8Array): TextEncoding {
  return utf16Of(bytes) ?? (isUtf8(seen) ? 'utf-8' : 'windows-1252');
}

/** Whether bytes are UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  const first = firstBeyondAscii(bytes);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let start = first; start < bytes.length; start += PIECE_BYTES) {
      decoder.decode(bytes.subarray(start, start + PIECE_BYTES), { stream: true });
    }
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

/** The index of the first byte above 127, or the number of bytes. Thirty-two bytes are compared at a time. */
function firstBeyondAscii(bytes: Uint8Array): number {
  const isAscii = (byte: number): boolean => byte < 128;
  const aligned = Math.min(bytes.length, (4 - (bytes.byteOffset % 4)) % 4);
  let at = bytes.subarray(0, aligned).findIndex((byte) => !isAscii(byte));
  if (at >= 0) return at;
  const quads = new Uint32Array(bytes.buffer, bytes.byteOffset + aligned, (bytes.length - aligned) >> 2);
  const whole = quads.length - (quads.length % 8);
  let quad = 0;
  while (quad < whole) {
    const q = quads[quad] | quads[quad + 1] | quads[quad + 2] | quads[quad + 3];
    const r = quads[quad + 4] | quads[quad + 5] | quads[quad + 6] | quads[quad + 7];
    if (((q | r) & 0x80808080) !== 0) break;
    quad += 8;
  }
  while (quad < quads.length && (quads[quad] & 0x80808080) === 0) quad++;
  at = aligned + 4 * quad;
  while (at < bytes.length && isAscii(bytes[at])) at++;
  return at;
}

/** A mark at the start is left out. */
function transcoded(bytes: Uint8Array, encoding: TextEncoding): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    pieces.push(encoder.encode(decoder.decode(bytes.subarray(start, start + PIECE_BYTES), { stream: true })));
  }
  pieces.push(encoder.encode(decoder.decode()));
  const out = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
