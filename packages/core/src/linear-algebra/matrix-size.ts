import { UnsupportedError } from '../errors.ts';

/** Greatest number of values in one array: 4 GiB as float64. Not every runtime can hold more. */
const MOST_MATRIX_VALUES = 2 ** 29;

/**
 * Checks that an array is not too large, before any work is done for it.
 *
 * @param what the array, to begin the message with: "Whitening"
 * @param values how many float64 numbers it has
 * @param advice what to do instead, a whole sentence
 * @throws {UnsupportedError} when there are more than 2^29 values
 */
export function requireHeld(what: string, values: number, advice: string): void {
  if (values <= MOST_MATRIX_VALUES) return;
  throw new UnsupportedError(
    `${what} would take ${values.toLocaleString('en')} numbers, but at most ${MOST_MATRIX_VALUES.toLocaleString('en')} ` +
      `(4 GiB) fit in one array. ${advice}`,
  );
}
