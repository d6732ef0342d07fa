import { inTurns } from '@shoal/core/engine-kit';
import type { Table } from '@shoal/tables';
import type { ReadRequest } from '../format.ts';
import { isUtf8 } from './encoding.ts';
import { openDelimited } from './open-delimited.ts';
import { finishTable } from './read-delimited.ts';
import { scanInThreads } from './scan-in-threads.ts';

/**
 * Reads a large text with all threads, if it is of numbers. Only its first lines are checked for being UTF-8 before: numbers
 * are, and other lines are checked behind.
 *
 * @param module reads rows of numbers, if given
 * @returns undefined when one thread must read the text
 * @throws {FormatError} when the first lines are not those of delimited text, or two ways to read them are as good
 * @throws the signal's reason when aborted
 */
export async function readInThreads(
  request: ReadRequest,
  module: WebAssembly.Module | undefined,
): Promise<Table | undefined> {
  const { signal, onProgress } = request;
  const opened = openDelimited(request, true);
  const scanned = await scanInThreads(opened, { signal, onProgress, module });
  if (scanned === undefined || (scanned.hasComments && !isUtf8(opened.text.bytes))) return undefined;
  return inTurns(finishTable(opened, scanned), signal);
}
