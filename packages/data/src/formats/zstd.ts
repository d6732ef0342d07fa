import { FormatError } from '../errors.ts';
import { gather, tooLarge, type GatherOptions } from './gather.ts';

/** The ending of a packed file's name, after the ending of the content. */
export const ZSTD_EXTENSION = 'zst';

const FRAME_MAGIC = 0xfd2fb528;
/** The first of 16 numbers that skippable frames start with. */
const SKIPPABLE_MAGIC = 0x184d2a50;

/** A block unpacks to no more than this. */
const MAX_BLOCK = 1 << 17;

/** Greatest window of a frame: what the `zstd` program itself unpacks without being told to. */
const MAX_WINDOW = 1 << 27;

/** Number of packed bytes that are given to the decoder at a time. */
const PIECE_BYTES = 1 << 16;

/** Whether the bytes start like a frame of Zstandard (RFC 8878). */
export function isZstd(bytes: Uint8Array): boolean {
  if (bytes.length < 4) return false;
  const magic = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  return magic === FRAME_MAGIC || isSkippable(magic);
}

/**
 * Unpacks Zstandard. A frame's sum is not compared.
 *
 * @throws {FormatError} when it is damaged or truncated, or unpacks to more than allowed
 * @throws the signal's reason when aborted
 */
export async function unpackZstd(
  bytes: Uint8Array,
  options: Omit<GatherOptions, 'size'> & { readonly signal?: AbortSignal | undefined },
): Promise<Uint8Array> {
  const { file, maxBytes } = options;
  const frames = framesOf(bytes, file);
  const announced = frames.reduce((sum, { bytes: length = 0 }) => sum + length, 0);
  if (announced > maxBytes) throw tooLarge(file, announced, maxBytes);
  return gather(unpacked(frames, file, options.signal), options);
}

interface Frame {
  readonly packed: Uint8Array;
  /** Length of what is in it, if the frame says. */
  readonly bytes: number | undefined;
}

/**
 * The frames, found by the lengths of their blocks. So a file that is cut short, or announces more than its blocks can hold, is
 * refused before memory is reserved.
 */
function framesOf(bytes: Uint8Array, file: string): readonly Frame[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const frames: Frame[] = [];
  let start = 0;
  try {
    while (start < bytes.length) {
      const magic = view.getUint32(start, true);
      if (isSkippable(magic)) {
        start += 8 + view.getUint32(start + 4, true);
        continue;
      }
      if (magic !== FRAME_MAGIC) throw damaged(file, undefined);
      const { blocks, bytes: length, hasSum, window } = frameHeader(view, start + 4);
      if (window > MAX_WINDOW && length === undefined) {
        throw new FormatError(
          { file },
          `the zstd data needs a window of ${window} bytes, but at most ${MAX_WINDOW} are used. Pack it without --long.`,
        );
      }
      const { end, atMost } = walkBlocks(view, blocks);
      if (length !== undefined && length > atMost) throw damaged(file, undefined);
      const next = end + (hasSum ? 4 : 0);
      if (next > bytes.length) throw damaged(file, undefined);
      frames.push({ packed: bytes.subarray(start, next), bytes: length });
      start = next;
    }
  } catch (cause) {
    // A header that goes beyond the end of the file.
    throw cause instanceof RangeError ? damaged(file, cause) : cause;
  }
  if (start > bytes.length) throw damaged(file, undefined);
  return frames;
}

interface FrameHeader {
  /** Where the first block starts. */
  readonly blocks: number;
  readonly bytes: number | undefined;
  readonly hasSum: boolean;
  /** How far back a match may reach. */
  readonly window: number;
}

function frameHeader(view: DataView, at: number): FrameHeader {
  const descriptor = view.getUint8(at);
  const isSingle = (descriptor & 32) !== 0;
  const windowByte = view.getUint8(at + 1);
  const base = 2 ** (10 + (windowByte >> 3));
  const afterWindow = at + (isSingle ? 1 : 2);
  const afterDictionary = afterWindow + [0, 1, 2, 4][descriptor & 3];
  const sizeBytes = [isSingle ? 1 : 0, 2, 4, 8][descriptor >> 6];
  const bytes = contentSize(view, afterDictionary, sizeBytes);
  return {
    blocks: afterDictionary + sizeBytes,
    bytes,
    hasSum: (descriptor & 4) !== 0,
    window: isSingle ? 0 : base + (base / 8) * (windowByte & 7),
  };
}

function contentSize(view: DataView, at: number, sizeBytes: number): number | undefined {
  switch (sizeBytes) {
    case 0:
      return undefined;
    case 1:
      return view.getUint8(at);
    case 2:
      return view.getUint16(at, true) + 256;
    case 4:
      return view.getUint32(at, true);
    default:
      return Number(view.getBigUint64(at, true));
  }
}

/** Where the blocks end, and how much they can unpack to. */
function walkBlocks(view: DataView, start: number): { readonly end: number; readonly atMost: number } {
  let at = start;
  let atMost = 0;
  for (;;) {
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    const type = (header >> 1) & 3;
    const size = header >> 3;
    atMost += type === 2 ? MAX_BLOCK : size;
    // A block of one repeated byte has only that byte.
    at += 3 + (type === 1 ? 1 : size);
    if ((header & 1) === 1) return { end: at, atMost };
  }
}

async function* unpacked(
  frames: readonly Frame[],
  file: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const { Decompress, decompress } = await import('fzstd');
  for (const { packed, bytes } of frames) {
    signal?.throwIfAborted();
    // Where the length is known, the decoder writes into one array. Otherwise it works in pieces, because it keeps a window.
    if (bytes !== undefined) {
      yield attempt(() => decompress(packed), file);
      continue;
    }
    let made: Uint8Array[] = [];
    const decoder = new Decompress((piece) => {
      made.push(piece);
    });
    for (let at = 0; at < packed.length; at += PIECE_BYTES) {
      signal?.throwIfAborted();
      const end = Math.min(at + PIECE_BYTES, packed.length);
      attempt(() => {
        decoder.push(packed.subarray(at, end), end === packed.length);
      }, file);
      yield* made;
      made = [];
    }
  }
}

/** The decoder fails in many ways on damaged data: all of them mean that it is damaged. */
function attempt<Result>(decode: () => Result, file: string): Result {
  try {
    return decode();
  } catch (cause) {
    throw damaged(file, cause);
  }
}

function isSkippable(magic: number): boolean {
  return magic >= SKIPPABLE_MAGIC && magic < SKIPPABLE_MAGIC + 16;
}

function damaged(file: string, cause: unknown): FormatError {
  return new FormatError({ file }, 'the zstd data is damaged or cut short. Fetch the file again.', { cause });
}
