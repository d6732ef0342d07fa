import { UnsupportedError } from '../errors.ts';

/** Numbers in one array at most: 4 GiB as float64, beyond which runtimes differ in what they can hold. */
const MOST_MATRIX_VALUES = 2 ** 29;

/**
 * Checks that an array can be held at all, before any work is done for it.
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
      `(4 GiB) are held at once. ${advice}`,
  );
}
