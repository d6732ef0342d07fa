import { FormatError } from '../errors.ts';
import type { RandomAccess } from '../formats/random-access.ts';
import type { Source } from '../sources/source.ts';
import { LastOpened } from './last-opened.ts';

/**
 * Opens a file when it is read, so that many files can be parts of the same points.
 *
 * @param last what keeps the file open between its parts; several files may share it
 * @returns undefined when it can only be read as a whole
 */
export async function accessByOpening(
  { access: open, name }: Source,
  signal: AbortSignal | undefined,
  last = new LastOpened(),
): Promise<RandomAccess | undefined> {
  const first = await open?.(signal);
  if (open === undefined || first === undefined) return undefined;
  const { byteLength } = first;
  await first.close();
  return {
    byteLength,
    read: async (start, end, signal, memory) => {
      const access = last.take(open) ?? (await open(signal));
      if (access === undefined) throw new FormatError({ file: name }, 'it cannot be read any more.');
      try {
        return await access.read(start, end, signal, memory);
      } finally {
        await last.keep(open, access);
      }
    },
  };
}
