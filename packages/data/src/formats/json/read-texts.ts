import { inTurns, type Pausable } from '@shoal/core/engine-kit';
import { utf8Of } from '../delimited/encoding.ts';
import type { FileContent, ReadRequest } from '../format.ts';
import type { OnBytes } from './array-content.ts';
import { typedContent, type JsonContent } from './typed-content.ts';

/** Parses the bytes of a file, which are UTF-8. */
export type ParseJson = (bytes: Uint8Array, file: string, onBytes: OnBytes) => Pausable<JsonContent>;

/**
 * Reads a file of texts in JSON, and tells how far it is.
 *
 * @throws {FormatError} what `parse` and `typedContent` throw
 */
export async function readJsonTexts(
  { bytes: given, file, options, signal, onProgress }: ReadRequest,
  parse: ParseJson,
): Promise<FileContent> {
  const { bytes } = utf8Of(given, file, undefined);
  const onBytes: OnBytes = (completed) => {
    onProgress?.({ phase: 'reading', completed, total: bytes.length });
  };
  return typedContent(await inTurns(parse(bytes, file, onBytes), signal), options);
}
