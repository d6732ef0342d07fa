import { open, stat } from 'node:fs/promises';
import type { Table } from '@shoal/tables';
import { tableWriterOf } from '../table-writers/index.ts';
import type { WriteTableOptions } from '../table-writers/table-writer.ts';
import { absent } from './writing/absent.ts';
import { replaceFile } from './writing/atomic-file.ts';

/**
 * Writes a table to a file, in the format that its name says, so that readers see the old content or the new, never half
 * of it. It is written in pieces; when writing fails or is aborted, nothing is left behind. A device or a pipe gets the
 * pieces directly.
 *
 * @throws {InvalidArgumentError} when no format has that extension
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function writeTableFile(
  path: string,
  table: Table,
  options: WriteTableOptions = {},
): Promise<void> {
  const pieces = tableWriterOf(path).write(table, options);
  const found = await stat(path).catch(absent);
  if (found && !found.isFile() && !found.isDirectory()) await writePieces(path, 'w', pieces);
  else await replaceFile(path, (temporary) => writePieces(temporary, 'wx', pieces));
}

async function writePieces(
  path: string,
  flags: 'w' | 'wx',
  pieces: AsyncIterable<Uint8Array>,
): Promise<void> {
  const file = await open(path, flags);
  try {
    for await (const piece of pieces) await file.writeFile(piece);
    // The later rename must not reach the disk before the content; a device or a pipe has no disk.
    if (flags === 'wx') await file.sync();
  } finally {
    await file.close();
  }
}
