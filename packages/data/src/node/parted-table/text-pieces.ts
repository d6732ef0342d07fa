import type { Table } from '@shoal/tables';
import { FormatError } from '../../errors.ts';
import { openDelimited } from '../../formats/delimited/open-delimited.ts';
import type { ReadOptions } from '../../formats/read-options.ts';
import { sharedRoom } from '../../formats/threads.ts';
import { readTable } from '../../formats/table.ts';
import type { Source } from '../../sources/source.ts';
import { lastLineEnd } from './last-line-end.ts';

export interface TextPiecesOptions {
  /** About so many bytes of text become one piece. */
  readonly pieceBytes: number;
  /** Options of the format, as the caller gave them. */
  readonly options: ReadOptions;
  /** Whether lines are JSON, and not delimited: they have no header, and no line breaks in quotes. */
  readonly isJson: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: ((bytes: number) => void) | undefined;
}

/** How the first piece is divided, and so all others. */
interface Division {
  /** What comes before the data: the header, and lines above it. */
  readonly prefix: Uint8Array;
  readonly quote: number | undefined;
  readonly options: ReadOptions;
}

/** So many pieces without a line end are no table. */
const MOST_PIECES_OF_LINE = 4;

/**
 * The pieces of a text, in one pass: whole lines, read with the header and the dialect of the first piece.
 *
 * @throws {FormatError} naming the line within its piece of what cannot be read, when a text is not UTF-8, or a line is too
 *   long
 */
export async function* textPieces(source: Source, given: TextPiecesOptions): AsyncGenerator<Table> {
  const { pieceBytes, signal, onBytes } = given;
  let division: Division | undefined;
  let pending: Uint8Array[] = [];
  let length = 0;
  const read = async (bytes: Uint8Array): Promise<Table> => {
    const { options } = division ?? { options: given.options };
    return readTable(bytes, source.name, { ...options, signal, maxBytes: Infinity });
  };
  for await (const bytes of source.pieces(signal)) {
    pending.push(bytes);
    length += bytes.length;
    onBytes?.(bytes.length);
    if (length < pieceBytes) continue;
    const text = joined(pending, length, division?.prefix);
    division ??= divide(text, source.name, given);
    const end = lastLineEnd(text, division.quote);
    if (end <= division.prefix.length) {
      if (length < MOST_PIECES_OF_LINE * pieceBytes) continue;
      throw new FormatError({ file: source.name }, `a line has more than ${length} bytes; is this a table?`);
    }
    yield await read(text.subarray(0, end));
    const rest = text.slice(end);
    pending = [rest];
    length = rest.length;
  }
  if (length > 0) yield await read(joined(pending, length, division?.prefix));
}

function divide(bytes: Uint8Array, file: string, { options, isJson }: TextPiecesOptions): Division {
  if (isJson) return { prefix: new Uint8Array(), quote: undefined, options };
  const { text, sniffed } = openDelimited({ bytes, file, options });
  if (text.title !== undefined) {
    throw new FormatError(
      { file },
      `texts in ${text.title} are not read in parts. Convert it to UTF-8, or allow more memory (--memory).`,
    );
  }
  const { delimiter, hasHeader, dataStart, quote } = sniffed.dialect;
  return {
    prefix: text.bytes.slice(0, dataStart),
    quote: quote.charCodeAt(0),
    options: {
      ...options,
      header: hasHeader ? 'yes' : 'no',
      delimiter: delimiter === 'none' ? undefined : delimiter,
    },
  };
}

/** Pieces in one array, in memory that threads share where that is of use. */
function joined(
  pieces: readonly Uint8Array[],
  length: number,
  prefix: Uint8Array = new Uint8Array(),
): Uint8Array {
  const out = sharedRoom(prefix.length + length);
  out.set(prefix);
  let at = prefix.length;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}
