import { FormatError } from '../../errors.ts';
import { gather, tooLarge } from '../gather.ts';
import { inflated } from '../gzip.ts';
import { shortened } from '../shortened.ts';
import { crc32 } from './crc32.ts';
import { packedBytes, type ZipEntry } from './directory.ts';

interface UnzipOptions {
  /** Name of the archive, for errors. */
  readonly file: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Unpacks one file of a ZIP archive, and compares its sum with the archive's.
 *
 * @param archive all bytes of it
 * @throws {FormatError} when the entry is damaged, encrypted or packed in an unknown way, or larger than allowed
 * @throws the signal's reason when aborted
 */
export async function unzip(
  archive: Uint8Array,
  entry: ZipEntry,
  { maxBytes, ...options }: UnzipOptions & { readonly maxBytes: number },
): Promise<Uint8Array> {
  const { file } = options;
  if (entry.bytes > maxBytes) throw tooLarge(file, entry.bytes, maxBytes);
  const expected = () => entry.bytes;
  const bytes = await gather(piecesOf(archive, entry, options), { file, maxBytes, expected });
  if (bytes.length === entry.bytes && crc32(bytes) === entry.crc) return bytes;
  throw new FormatError(
    { file },
    `the ZIP archive is damaged: "${shortened(entry.name)}" in it does not have the length or the sum that its directory gives. Fetch the file again.`,
  );
}

/** The first bytes of a file of a ZIP archive: at least `length` if it has as many. Their sum is not checked. */
export async function unzipHead(
  archive: Uint8Array,
  entry: ZipEntry,
  { length, ...options }: UnzipOptions & { readonly length: number },
): Promise<Uint8Array> {
  let head = new Uint8Array(0);
  for await (const piece of piecesOf(archive, entry, options)) {
    const longer = new Uint8Array(head.length + piece.length);
    longer.set(head);
    longer.set(piece, head.length);
    head = longer;
    if (head.length >= length) break;
  }
  return head;
}

async function* piecesOf(
  archive: Uint8Array,
  entry: ZipEntry,
  { file, signal }: UnzipOptions,
): AsyncGenerator<Uint8Array> {
  const { name, method, isEncrypted } = entry;
  if (isEncrypted || (method !== 0 && method !== 8)) {
    const why = isEncrypted ? 'encrypted' : `packed by method ${method} of ZIP, which is not read`;
    throw new FormatError(
      { file },
      `"${shortened(name)}" in the ZIP archive is ${why}. Save it without that.`,
    );
  }
  const packed = packedBytes(archive, entry, file);
  if (method === 0) yield packed;
  else yield* inflated(packed, 'deflate-raw', file, signal);
}
