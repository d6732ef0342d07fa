import { FormatError } from '../errors.ts';

/**
 * Compares the length of a file with its header.
 *
 * @param found bytes of the file; undefined when there are more than announced, but it is not known how many
 * @param header name of the header for errors: "IDX header"
 * @param shape of the array in it, if known
 * @throws {FormatError} when the two differ
 */
export function requireLength(
  file: string,
  announced: number,
  found: number | undefined,
  { header = 'header', shape }: { readonly header?: string; readonly shape?: readonly number[] } = {},
): void {
  if (found === announced) return;
  const elements = shape === undefined ? '' : `${shape.join(' x ')} elements, `;
  const isShort = found !== undefined && found < announced;
  throw new FormatError(
    { file },
    `the ${header} announces ${elements}${announced} bytes in all, but the file has ${found ?? 'more'}. ` +
      (isShort ? 'It is cut short.' : 'There is something after the data.'),
  );
}
