const LINE_FEED = 10;

/**
 * The place after the last line feed that is not in quotes; 0 when there is none.
 *
 * @param quote what stands around values with line breaks; undefined when nothing does
 */
export function lastLineEnd(bytes: Uint8Array, quote: number | undefined): number {
  if (quote === undefined || !bytes.includes(quote)) return bytes.lastIndexOf(LINE_FEED) + 1;
  let isOpen = false;
  let end = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === quote) isOpen = !isOpen;
    else if (bytes[i] === LINE_FEED && !isOpen) end = i + 1;
  }
  return end;
}
