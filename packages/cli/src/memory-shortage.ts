import { DeviceError } from '@shoal/core';

/** Messages of runtimes for no memory, or not enough for an array. */
const SHORTAGES =
  /allocation failed|out of memory|could not allocate|invalid (typed )?array (buffer )?length|invalid string length|(map|set) maximum size exceeded/i;

/** The error for a failure by too little memory, for which a stack would not help; undefined for any other failure. */
export function memoryShortage(error: unknown): DeviceError | undefined {
  if (!(error instanceof RangeError) || !SHORTAGES.test(error.message)) return undefined;
  return new DeviceError(
    'out-of-memory',
    `There is not enough memory for this (${error.message.replace(/\.$/, '')}). Use fewer rows, columns or clusters, free memory, or raise the limit that is set on it (ulimit -v).`,
    { cause: error },
  );
}
