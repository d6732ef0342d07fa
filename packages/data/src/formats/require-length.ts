import { FormatError } from '../errors.ts';

/**
 * Compares how long a file is with what its header says.
 *
 * @param found bytes of the file; undefined where there are more than announced, and it is not known how many
 * @param header what announces it: "IDX header"
 * @param shape of the array in it, where it is known
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
      (isShort ? 'It is cut short.' : 'Something follows the data.'),
  );
}
