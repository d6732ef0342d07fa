import { InvalidArgumentError, type ProgressListener } from '@shoal/core';
import type { FileContent, FileFormat } from './format.ts';
import { MAX_BYTES } from './gather.ts';
import { formatOf } from './index.ts';
import { READ_OPTION_NAMES, type ReadOptions } from './read-options.ts';
import { unpack } from './unpack.ts';

/** What every reader of a whole file takes. */
export interface ContentOptions {
  /** Greatest number of bytes that are read, counted after unpacking; default 2^31, 2 GiB. */
  readonly maxBytes?: number | undefined;
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

/** Refuses options that would be ignored, because giving one is a mistake. */
function rejectForeign(options: ReadOptions, { options: own, title }: FileFormat, file: string): void {
  for (const name of READ_OPTION_NAMES) {
    if (options[name] === undefined || own.includes(name)) continue;
    throw new InvalidArgumentError(
      `The ${name} option does not apply to "${file}", which is ${title}; leave it out.`,
    );
  }
}

/**
 * The content of a file of any format in `FORMATS`.
 *
 * @param given what the caller gave
 */
export async function readContent(
  bytes: Uint8Array,
  file: string,
  { maxBytes = MAX_BYTES, signal, onProgress }: ContentOptions,
  given: ReadOptions,
): Promise<FileContent> {
  const expected = (head: Uint8Array) => announcedBytes(head, file, given);
  const plain = await unpack(bytes, { file, maxBytes, expected, signal });
  const format = formatOf(plain, file);
  rejectForeign(given, format, file);
  return format.read({ bytes: plain, file, options: given, maxBytes, signal, onProgress });
}
