import { open } from 'node:fs/promises';
import { InvalidArgumentError } from '@shoal/core';
import type { Table } from '@shoal/tables';
import { tableWriterOf } from '../table-writers/index.ts';
import type { WriteTableOptions } from '../table-writers/table-writer.ts';
import { replaceFile } from './writing/atomic-file.ts';

/**
 * Writes a table that comes in pieces to a file of text, so that readers see the old content or the new, never half of it.
 *
 * @param pieces of the same columns, at least one
 * @throws {InvalidArgumentError} when the name is not that of a file of text
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function writeTablePieces(
  path: string,
  pieces: AsyncIterable<Table>,
  options: WriteTableOptions = {},
): Promise<void> {
  const writer = tableWriterOf(path);
  if (writer.takesPieces !== true) {
    throw new InvalidArgumentError(
      `"${path}" is ${writer.title}, which is not written in pieces. Give a file that ends in .csv, .tsv or .ndjson.`,
    );
  }
  await replaceFile(path, async (temporary) => {
    const file = await open(temporary, 'wx');
    try {
      let isFirst = true;
      for await (const piece of pieces) {
        for await (const bytes of writer.write(piece, { ...options, header: isFirst })) {
          await file.writeFile(bytes);
        }
        isFirst = false;
      }
      await file.sync();
    } finally {
      await file.close();
    }
  });
}
