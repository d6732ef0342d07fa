import { FormatError } from '../../errors.ts';
import type { PartsRequest } from '../format.ts';
import type { RandomAccess } from '../random-access.ts';
import type { TablePieces } from '../table-pieces.ts';
import { readArrow } from './read-arrow.ts';

/** What begins a message, in its first four bytes. */
const CONTINUATION = 0xffffffff;
/** An Arrow file is a stream after these bytes, and its footer comes after the end of the stream. */
const MAGIC = 'ARROW1';
const MAGIC_BYTES = 8;
/** No message about a batch describes so much. */
const MAX_METADATA_BYTES = 2 ** 28;

/** The kinds of messages that are needed. */
const SCHEMA = 1;
const DICTIONARY = 2;
const BATCH = 3;

/** Slots of the FlatBuffers table of a message. */
const SLOT = { kind: 1, bodyLength: 3 } as const;

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * The batches of an Arrow file or stream, as pieces of its table. A piece is read as a stream of its own: the schema, the
 * dictionaries, and one batch.
 *
 * @throws {FormatError} when a message is damaged
 */
export async function openArrowPieces({ parts, file, signal }: PartsRequest): Promise<TablePieces> {
  const shared: Range[] = [];
  const batches: Range[] = [];
  let at = await startOf(parts, signal);
  for (;;) {
    const message = await messageAt(parts, at, file, signal);
    if (message === undefined) break;
    const range = { start: at, end: message.end };
    if (message.kind === SCHEMA || message.kind === DICTIONARY) shared.push(range);
    else if (message.kind === BATCH) batches.push(range);
    at = message.end;
  }
  if (batches.length === 0)
    throw new FormatError({ file }, 'this Arrow file has no rows. Give one with rows.');
  const readAll = (ranges: readonly Range[], signal: AbortSignal | undefined) =>
    Promise.all(ranges.map(({ start, end }) => parts.read(start, end, signal)));
  const header = await readAll(shared, signal);
  return {
    count: batches.length,
    read: async (index, signal) => {
      const batch = await readAll([batches[index]], signal);
      return readArrow({ bytes: joined([...header, ...batch]), file, signal });
    },
  };
}

async function startOf(parts: RandomAccess, signal: AbortSignal | undefined): Promise<number> {
  const head = await parts.read(0, Math.min(MAGIC_BYTES, parts.byteLength), signal);
  return String.fromCharCode(...head.subarray(0, MAGIC.length)) === MAGIC ? MAGIC_BYTES : 0;
}

/** A message of the stream; undefined after the last one. */
async function messageAt(
  parts: RandomAccess,
  start: number,
  file: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly kind: number; readonly end: number } | undefined> {
  if (start + 8 > parts.byteLength) return undefined;
  const head = viewOf(await parts.read(start, start + 8, signal));
  const hasMark = head.getUint32(0, true) === CONTINUATION;
  const length = head.getInt32(hasMark ? 4 : 0, true);
  if (length === 0) return undefined;
  const from = start + (hasMark ? 8 : 4);
  if (!(length > 0) || length > MAX_METADATA_BYTES || from + length > parts.byteLength) throw damaged(file);
  const metadata = viewOf(await parts.read(from, from + length, signal));
  try {
    const kind = slotOf(metadata, SLOT.kind);
    const body = slotOf(metadata, SLOT.bodyLength);
    const bodyLength = body === undefined ? 0 : Number(metadata.getBigInt64(body, true));
    const end = from + length + bodyLength;
    if (!(bodyLength >= 0) || end > parts.byteLength) throw damaged(file);
    return { kind: kind === undefined ? 0 : metadata.getUint8(kind), end };
  } catch (cause) {
    throw cause instanceof RangeError ? damaged(file) : cause;
  }
}

/** Where a field of the root table lies; undefined when it has its default value. */
function slotOf(view: DataView, slot: number): number | undefined {
  const table = view.getUint32(0, true);
  const fields = table - view.getInt32(table, true);
  const at = 4 + 2 * slot;
  const offset = at < view.getUint16(fields, true) ? view.getUint16(fields + at, true) : 0;
  return offset === 0 ? undefined : table + offset;
}

function damaged(file: string): FormatError {
  return new FormatError({ file }, 'this Arrow file cannot be read: a message is cut short. Write it again.');
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
