import { FormatError } from '../errors.ts';
import type { RandomAccess } from '../formats/random-access.ts';
import type { Source } from '../sources/source.ts';

/**
 * Opens a file for each range, so that nothing stays open between parts.
 *
 * @returns undefined when it can only be read as a whole
 */
export async function accessByOpening(
  { access: open, name }: Source,
  signal: AbortSignal | undefined,
): Promise<RandomAccess | undefined> {
  const first = await open?.(signal);
  if (open === undefined || first === undefined) return undefined;
  const { byteLength } = first;
  await first.close();
  return {
    byteLength,
    read: async (start, end, signal, memory) => {
      const access = await open(signal);
      if (access === undefined) throw new FormatError({ file: name }, 'it cannot be read any more.');
      try {
        return await access.read(start, end, signal, memory);
      } finally {
        await access.close();
      }
    },
  };
}
