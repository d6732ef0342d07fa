import { FormatError } from '../../errors.ts';
import type { ReadRequest } from '../format.ts';
import { LINE_FEED } from './ascii.ts';
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
 * @param byHead whether the first lines say that the text is UTF-8; then the caller makes sure of the others
 * @throws {FormatError} when it is empty, not text, or two ways to read it are as good
 */
export function openDelimited(request: ReadRequest, byHead = false): OpenedText {
  const { bytes, file, options } = request;
  if (bytes.length === 0) throw new FormatError({ file }, 'the file is empty.');
  const head = bytes.subarray(0, HEAD_BYTES);
  requireText(head, file);
  const lines = head.subarray(0, head.lastIndexOf(LINE_FEED) + 1);
  const text = utf8Of(bytes, file, options.encoding, byHead ? lines : bytes);
  const sniffed = sniff(text.bytes, file, options);
  const isSeen = sniffed.dialect.dataStart + text.bytes.byteOffset - bytes.byteOffset <= lines.length;
  return byHead && !isSeen ? openDelimited(request) : { text, sniffed, request };
}
