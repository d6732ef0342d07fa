import { FormatError } from '../../errors.ts';

/** A file in a ZIP archive, as the archive's directory describes it. */
export interface ZipEntry {
  readonly name: string;
  /** 0: stored as it is; 8: deflate. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where the entry starts in the archive. */
  readonly at: number;
}

const LOCAL_HEADER = 0x04034b50;
const DIRECTORY_ENTRY = 0x02014b50;
const DIRECTORY_END = 0x06054b50;
const DIRECTORY_END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;

/** Length of the end of the directory; a comment of up to 65,535 bytes may follow it. */
const END_BYTES = 22;
const LOCATOR_64_BYTES = 20;
/** A size or an offset that does not fit into 32 bits, and is given in a further field. */
const IN_ZIP64 = 0xffffffff;

/** Whether the bytes start like a ZIP archive, one with files in it or an empty one. */
export function isZip(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return false;
  return (bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6);
}

/**
 * The files in a ZIP archive, without folders (PKWARE's APPNOTE 6.3, with ZIP64).
 *
 * @throws {FormatError} when the archive's directory is damaged or cut off
 */
export function zipEntries(bytes: Uint8Array, file: string): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { start, end } = directoryRange(view, file);
  const entries: ZipEntry[] = [];
  let at = start;
  while (at < end) {
    if (at + 46 > end || view.getUint32(at, true) !== DIRECTORY_ENTRY) throw damaged(file);
    const next =
      at + 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw damaged(file);
    const entry = entryAt(view, bytes, at, file);
    if (!entry.name.endsWith('/')) entries.push(entry);
    at = next;
  }
  return entries;
}

/**
 * The packed bytes of an entry.
 *
 * @throws {FormatError} when they are not all there
 */
export function packedBytes(bytes: Uint8Array, entry: ZipEntry, file: string): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { at } = entry;
  if (at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL_HEADER) throw damaged(file);
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + entry.packedBytes > bytes.length) throw damaged(file);
  return bytes.subarray(start, start + entry.packedBytes);
}

function directoryRange(view: DataView, file: string): { readonly start: number; readonly end: number } {
  const at = directoryEnd(view, file);
  const locator = at - LOCATOR_64_BYTES;
  const [length, start] =
    locator >= 0 && view.getUint32(locator, true) === LOCATOR_64
      ? range64(view, whole(view, locator + 8, file), file)
      : [view.getUint32(at + 12, true), view.getUint32(at + 16, true)];
  if (start + length > at) throw damaged(file);
  return { start, end: start + length };
}

function range64(view: DataView, at: number, file: string): readonly [length: number, start: number] {
  if (at + 56 > view.byteLength || view.getUint32(at, true) !== DIRECTORY_END_64) throw damaged(file);
  return [whole(view, at + 40, file), whole(view, at + 48, file)];
}

/** The end of the directory is looked for from the end of the file, because a comment may follow it. */
function directoryEnd(view: DataView, file: string): number {
  const first = Math.max(0, view.byteLength - END_BYTES - 0xffff);
  for (let at = view.byteLength - END_BYTES; at >= first; at--) {
    if (view.getUint32(at, true) === DIRECTORY_END) return at;
  }
  throw new FormatError(
    { file },
    'the ZIP archive is cut short: its directory is missing. Fetch the file again.',
  );
}

function entryAt(view: DataView, bytes: Uint8Array, at: number, file: string): ZipEntry {
  const nameEnd = at + 46 + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  // The fields of ZIP64 are there for those values alone that do not fit, in this order.
  let extra = zip64Field(view, nameEnd, extraEnd);
  const sized = (value: number): number => {
    if (value !== IN_ZIP64) return value;
    if (extra === undefined || extra + 8 > extraEnd) throw damaged(file);
    extra += 8;
    return whole(view, extra - 8, file);
  };
  const size = sized(view.getUint32(at + 24, true));
  const packed = sized(view.getUint32(at + 20, true));
  return {
    name: new TextDecoder().decode(bytes.subarray(at + 46, nameEnd)),
    method: view.getUint16(at + 10, true),
    isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
    crc: view.getUint32(at + 16, true),
    bytes: size,
    packedBytes: packed,
    at: sized(view.getUint32(at + 42, true)),
  };
}

/** Where the content of the ZIP64 field starts among the further fields of an entry. */
function zip64Field(view: DataView, start: number, end: number): number | undefined {
  for (let at = start; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) === 1) return at + 4;
  }
  return undefined;
}

/** A number of 64 bits; nothing in a file is as large as those that float64 cannot hold. */
function whole(view: DataView, at: number, file: string): number {
  const value = Number(view.getBigUint64(at, true));
  if (!Number.isSafeInteger(value)) throw damaged(file);
  return value;
}

function damaged(file: string): FormatError {
  return new FormatError({ file }, 'the directory of the ZIP archive is damaged. Fetch the file again.');
}
