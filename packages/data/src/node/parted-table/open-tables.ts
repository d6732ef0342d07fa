import { stat } from 'node:fs/promises';
import type { ProgressListener } from '@shoal/core';
import type { Table } from '@shoal/tables';
import { formatOf } from '../../formats/index.ts';
import type { FileFormat } from '../../formats/format.ts';
import type { RandomAccess } from '../../formats/random-access.ts';
import type { ReadOptions } from '../../formats/read-options.ts';
import { isPacked } from '../../formats/unpack.ts';
import { withVectors } from '../../formats/vector-texts.ts';
import { tableWithoutValues } from '../../formats/without-values.ts';
import type { Source } from '../../sources/source.ts';
import { accessByOpening } from '../access-by-opening.ts';
import { givenFiles } from '../given-files.ts';
import { givenSource } from '../given-source.ts';
import { textPieces } from './text-pieces.ts';

/** Bytes of a file that say what it holds. */
const HEAD_BYTES = 1 << 17;

export interface OpenTablesOptions {
  readonly reading: ReadOptions;
  /** About so many bytes of a text become one piece. */
  readonly pieceBytes: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** Tables of files in pieces. */
export interface OpenTables {
  /** Bytes of all files. */
  readonly bytes: number;
  /** Whether reading again takes as long as parsing text. */
  readonly isText: boolean;
  /** All pieces, in order. */
  readonly pieces: () => AsyncGenerator<Table>;
}

interface OpenFile {
  readonly source: Source;
  readonly access: RandomAccess;
  readonly format: FileFormat;
}

/** Formats of text, which are read in one pass. */
const TEXTS: readonly string[] = ['csv', 'ndjson'];

/**
 * The tables of a file, a folder, or a pattern, in pieces that are read one after the other.
 *
 * @returns undefined when a file is not on a disk or behind an address, is packed, or has a format that is read as a whole
 * @throws {FormatError} when a file is malformed
 */
export async function openTables(given: string, options: OpenTablesOptions): Promise<OpenTables | undefined> {
  const files: OpenFile[] = [];
  for (const file of await givenFiles(given)) {
    const opened = await openFile(file, options);
    if (opened === undefined) return undefined;
    files.push(opened);
  }
  if (files.length === 0) return undefined;
  const bytes = files.reduce((sum, { access }) => sum + access.byteLength, 0);
  return {
    bytes,
    isText: files.some(({ format }) => TEXTS.includes(format.name)),
    pieces: () => piecesOf(files, bytes, options),
  };
}

async function openFile(file: string, { signal }: OpenTablesOptions): Promise<OpenFile | undefined> {
  const found = await stat(file).catch(() => undefined);
  if (found !== undefined && !found.isFile()) return undefined;
  const source = await givenSource(file);
  const access = await accessByOpening(source, signal);
  if (access === undefined) return undefined;
  const head = await access.read(0, Math.min(HEAD_BYTES, access.byteLength), signal);
  if (isPacked(head)) return undefined;
  const format: FileFormat = formatOf(head, source.name);
  const isReadable = format.openPieces !== undefined || TEXTS.includes(format.name);
  return isReadable ? { source, access, format } : undefined;
}

async function* piecesOf(
  files: readonly OpenFile[],
  total: number,
  options: OpenTablesOptions,
): AsyncGenerator<Table> {
  const { reading, pieceBytes, signal, onProgress } = options;
  let completed = 0;
  const onBytes = (bytes: number) => {
    completed += bytes;
    onProgress?.({ phase: 'reading', completed, total });
  };
  for (const { source, access, format } of files) {
    if (format.openPieces === undefined) {
      const isJson = format.name === 'ndjson';
      yield* textPieces(source, { options: reading, pieceBytes, isJson, signal, onBytes });
      continue;
    }
    const opened = await format.openPieces({ parts: access, file: source.name, options: reading, signal });
    for (let index = 0; index < opened.count; index++) {
      const table = withVectors(await opened.read(index, signal));
      yield { ...tableWithoutValues(table, reading), format: format.name };
      onBytes(access.byteLength / opened.count);
    }
  }
}
