import { FormatError } from '../../errors.ts';
import type { ReadRequest } from '../format.ts';
import { utf8Of, type Utf8Text } from './encoding.ts';
import { requireText } from './require-text.ts';
import { sniff, type Sniffed } from './sniff.ts';

/** How much of a file is checked for not being text. */
const HEAD_BYTES = 1 << 17;

/** A text whose division is known. */
export interface OpenedText {
  readonly text: Utf8Text;
  readonly sniffed: Sniffed;
  readonly request: ReadRequest;
}

/**
 * Finds out how a text is divided.
 *
 * @throws {FormatError} when it is empty, not text, or two ways to read it are as good
 */
export function openDelimited(request: ReadRequest): OpenedText {
  const { bytes, file, options } = request;
  if (bytes.length === 0) throw new FormatError({ file }, 'the file is empty.');
  requireText(bytes.subarray(0, HEAD_BYTES), file);
  const text = utf8Of(bytes, file, options.encoding);
  return { text, sniffed: sniff(text.bytes, file, options), request };
}
