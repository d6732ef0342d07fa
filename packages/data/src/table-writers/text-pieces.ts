import type { WriteTableOptions } from './table-writer.ts';

/** Lines are encoded when they have this many characters. */
const PIECE_CHARACTERS = 1 << 18;

/** The lines of a text file as UTF-8, in pieces of some hundred kilobytes. */
export async function* textPieces(
  header: string,
  rows: number,
  lineOf: (row: number) => string,
  { signal, onProgress }: WriteTableOptions,
): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder();
  let text = header;
  for (let row = 0; row < rows; row++) {
    text += lineOf(row);
    if (text.length < PIECE_CHARACTERS) continue;
    signal?.throwIfAborted();
    yield encoder.encode(text);
    onProgress?.({ phase: 'writing', completed: row + 1, total: rows });
    text = '';
  }
  signal?.throwIfAborted();
  if (text !== '') yield encoder.encode(text);
  onProgress?.({ phase: 'writing', completed: rows, total: rows });
}
