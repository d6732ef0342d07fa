import { InvalidArgumentError } from '@shoal/core';
import { DownloadError } from '../errors.ts';
import { blobSource, responseSource } from './blob-source.ts';
import type { Source } from './source.ts';
import { urlSource } from './url-source.ts';

/** What a table can be read from: bytes, a file of a form or a drop, the answer of a server, or an address. */
export type TableSource = Uint8Array | Blob | Response | URL | Source;

/** The source with its name; a file, an answer and an address have names of their own. */
export interface NamedSource {
  readonly from: Uint8Array | Source;
  readonly name: string;
}

/**
 * @param name given by the caller
 * @throws {InvalidArgumentError} when a path is given, or there is no name
 * @throws {DownloadError} when the answer says that there is no file
 */
export function namedSource(
  given: TableSource,
  name: string | undefined,
  options: Parameters<typeof urlSource>[1],
): NamedSource {
  refusePath(given);
  if (given instanceof URL) {
    const from = urlSource(given.href, options);
    return { from, name: name ?? from.name };
  }
  if (given instanceof Response) {
    if (!given.ok)
      throw new DownloadError(given.url, `the server answered ${given.status} ${given.statusText}`.trimEnd());
    const own = name ?? (given.url === '' ? 'the answer' : urlSource(given.url).name);
    return { from: responseSource(given, own), name: own };
  }
  const own = name ?? (given instanceof File ? given.name : 'name' in given ? given.name : undefined);
  if (own === undefined) {
    throw new InvalidArgumentError(
      'Give the name of the file, whose ending may tell its format: readTable(bytes, "points.csv").',
    );
  }
  return { from: given instanceof Blob ? blobSource(given, own) : given, name: own };
}

function refusePath(given: unknown): void {
  if (typeof given !== 'string') return;
  throw new InvalidArgumentError(
    `readTable takes bytes, a File, a Response or a URL; got the text ${JSON.stringify(given)}. ` +
      'For a path, use readTableFile of @shoal/data/node; for an address, new URL(...).',
  );
}
