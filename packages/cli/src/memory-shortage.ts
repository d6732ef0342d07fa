import { DeviceError } from '@shoal/core';

/** How runtimes say that memory, or an array in it, is not to be had. */
const SHORTAGES =
  /allocation failed|out of memory|could not allocate|invalid (typed )?array (buffer )?length|invalid string length|(map|set) maximum size exceeded/i;

/** What a failure is where the runtime itself had no memory: no defect that a stack would help to find. Else nothing. */
export function memoryShortage(error: unknown): DeviceError | undefined {
  if (!(error instanceof RangeError) || !SHORTAGES.test(error.message)) return undefined;
  return new DeviceError(
    'out-of-memory',
    `There is not enough memory for this (${error.message.replace(/\.$/, '')}). Use fewer rows, columns or clusters, free memory, or raise the limit that is set on it (ulimit -v).`,
    { cause: error },
  );
}
