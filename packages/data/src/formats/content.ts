import { InvalidArgumentError, type ProgressListener } from '@shoal/core';
import type { FileContent, FileFormat } from './format.ts';
import { gather, HEAD_BYTES, MAX_BYTES } from './gather.ts';
import { formatOf, FORMATS, isNamed } from './index.ts';
import {
  COMMON_READ_OPTIONS,
  READ_OPTION_NAMES,
  type ReadOptionName,
  type ReadOptions,
} from './read-options.ts';
import { MANY_BYTES, sharedRoom } from './threads.ts';
import { isPacked, unpack } from './unpack.ts';
import { withVectors } from './vector-texts.ts';
import { withoutValues } from './without-values.ts';
import type { Source } from '../sources/source.ts';

/** What a file holds, and the name of its format: "csv". */
export interface NamedContent {
  readonly content: FileContent;
  readonly format: string;
}

/** What every reader of a whole file takes. */
export interface ContentOptions {
  /** Values of options that were not given, for formats that have them: how an earlier file of the same kind was read. */
  readonly defaults?: ReadOptions | undefined;
  /** Greatest number of bytes that are read, counted after unpacking; default 2^31, 2 GiB. */
  readonly maxBytes?: number | undefined;
  /** Names of the columns that are needed, for formats that need not read the others; default all. */
  readonly neededColumns?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the progress of reading, when reading takes time. */
  readonly onProgress?: ProgressListener | undefined;
}

/**
 * How many bytes a whole file has, from its first bytes; undefined when its format does not say.
 *
 * @param options that the caller gave
 * @throws {FormatError} when the format is not known
 * @throws {InvalidArgumentError} when an option does not apply to its format
 */
export function announcedBytes(head: Uint8Array, file: string, options: ReadOptions): number | undefined {
  const format = formatOf(head, file);
  rejectForeign(options, format, file);
  return format.announcedBytes(head, file);
}

/** The options that files of a format have. */
function optionsOf({ options }: FileFormat): readonly ReadOptionName[] {
  return [...options, ...COMMON_READ_OPTIONS];
}

/** Refuses options that would be ignored, because giving one is a mistake. */
function rejectForeign(options: ReadOptions, format: FileFormat, file: string): void {
  const own = optionsOf(format);
  for (const name of READ_OPTION_NAMES) {
    if (options[name] === undefined || own.includes(name)) continue;
    throw new InvalidArgumentError(
      `The ${name} option does not apply to "${file}", which is ${format.title}; leave it out.`,
    );
  }
}

/**
 * The content of a file of any format in `FORMATS`.
 *
 * @param from its bytes, or where they come from
 * @param given what the caller gave
 */
export async function readContent(
  from: Uint8Array | Source,
  file: string,
  options: ContentOptions,
  given: ReadOptions,
): Promise<NamedContent> {
  const { maxBytes = MAX_BYTES, neededColumns, signal, onProgress } = options;
  if (!(from instanceof Uint8Array)) {
    const inParts = await readInParts(from, file, options, given);
    if (inParts !== undefined) return inParts;
  }
  const bytes = from instanceof Uint8Array ? from : await gatherSource(from, file, options, given);
  const expected = (head: Uint8Array) => announcedBytes(head, file, given);
  const plain = await unpack(bytes, { file, maxBytes, expected, signal });
  const format = formatOf(plain.subarray(0, HEAD_BYTES), file);
  rejectForeign(given, format, file);
  const own = withDefaults(given, options.defaults, format);
  const request = { bytes: plain, file, options: own, maxBytes, neededColumns, signal, onProgress };
  return namedContent(await format.read(request), format, own);
}

function namedContent(read: FileContent, { name }: FileFormat, options: ReadOptions): NamedContent {
  const content = 'notes' in read ? withVectors(read) : read;
  return { content: withoutValues(content, options), format: name };
}

/** The given options, and of the defaults those that the format has. */
function withDefaults(
  given: ReadOptions,
  defaults: ReadOptions | undefined,
  format: FileFormat,
): ReadOptions {
  if (defaults === undefined) return given;
  const own = optionsOf(format)
    .filter((name) => given[name] === undefined)
    .map((name) => [name, defaults[name]]);
  return { ...given, ...(Object.fromEntries(own) as ReadOptions) };
}

/** All bytes; no more than the header announces, when the file is not packed. */
async function gatherSource(
  source: Source,
  file: string,
  { maxBytes = MAX_BYTES, signal }: ContentOptions,
  given: ReadOptions,
): Promise<Uint8Array> {
  const isDivided = (head: Uint8Array): boolean =>
    !isPacked(head) && formatOf(head.subarray(0, HEAD_BYTES), file).inThreads === true;
  if (source.size !== undefined && source.size >= MANY_BYTES && source.size <= maxBytes) {
    const shared = await readShared(source, isDivided, signal);
    if (shared !== undefined) return shared;
  }
  const expected = (head: Uint8Array) => (isPacked(head) ? undefined : announcedBytes(head, file, given));
  const room = (head: Uint8Array, length: number): Uint8Array =>
    isDivided(head) ? sharedRoom(length) : new Uint8Array(length);
  return gather(source.pieces(signal), { file, maxBytes, size: source.size, expected, room });
}

/** Reads that run at once: the system copies to their places, so two keep two processors busy. */
const READS = 2;

/** The bytes of a large file that threads may divide, read to their place; undefined for others. */
async function readShared(
  source: Source,
  isDivided: (head: Uint8Array) => boolean,
  signal: AbortSignal | undefined,
): Promise<Uint8Array | undefined> {
  const access = await source.access?.(signal);
  try {
    if (access?.readInto === undefined) return undefined;
    const { byteLength, readInto } = access;
    if (!isDivided(await access.read(0, HEAD_BYTES, signal))) return undefined;
    const bytes = sharedRoom(byteLength);
    const length = Math.ceil(byteLength / READS);
    await Promise.all(
      Array.from({ length: READS }, (_, i) =>
        readInto(bytes.subarray(i * length, (i + 1) * length), i * length, signal),
      ),
    );
    return bytes;
  } finally {
    await access?.close();
  }
}

/** Undefined when the source or the format, as far as the name tells it, does not allow that. */
async function readInParts(
  source: Source,
  file: string,
  { maxBytes, neededColumns, defaults, signal, onProgress }: ContentOptions,
  given: ReadOptions,
): Promise<NamedContent | undefined> {
  const named = FORMATS.find((format) => format.readParts !== undefined && isNamed(file, format));
  const parts = named === undefined ? undefined : await source.access?.(signal);
  if (named === undefined || parts === undefined) return undefined;
  try {
    const head = await parts.read(0, Math.min(HEAD_BYTES, parts.byteLength), signal);
    const format = isPacked(head) ? undefined : formatOf(head, file);
    if (format?.readParts === undefined) return undefined;
    rejectForeign(given, format, file);
    const own = withDefaults(given, defaults, format);
    const request = { parts, file, options: own, maxBytes, neededColumns, signal, onProgress };
    return namedContent(await format.readParts(request), format, own);
  } finally {
    await parts.close();
  }
}
