import { basename } from 'node:path';
import { matrix, partedPoints, type PartedPoints, type PartMemory, type PointPart } from '@shoal/core';
import { FormatError } from '../errors.ts';
import { formatOf } from '../formats/index.ts';
import type { ReadOptions } from '../formats/read-options.ts';
import type { RowRanges } from '../formats/row-ranges.ts';
import { accessByOpening } from './access-by-opening.ts';
import { givenFiles } from './given-files.ts';
import { givenSource } from './given-source.ts';
import { LastOpened } from './last-opened.ts';

/** Bytes of a file that say what it holds. */
const HEAD_BYTES = 1 << 17;
/** A part takes this share of the memory, within bounds: enough to be worth a pass, and little beside the rest. */
const PARTS_IN_MEMORY = 32;
const LEAST_PART_BYTES = 2 ** 20;
const GREATEST_PART_BYTES = 2 ** 26;

export interface PartedFileOptions extends Pick<ReadOptions, 'tensor'> {
  /** Bytes that reading and fitting may take together. */
  readonly memoryBytes: number;
  /** Factor applied when values are read; default 1. */
  readonly scale?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Points in parts, as files hold them. */
export interface PartedFile {
  readonly name: string;
  readonly points: PartedPoints;
  /** Bytes of all points as matrices. */
  readonly bytes: number;
}

/**
 * Points of arrays in files, in parts that are read when their turn comes: one file, an address, a folder, or a pattern like
 * `data/*.npy`. NPY, IDX and safetensors files are read by ranges, if they are not packed.
 *
 * @returns undefined when a file cannot be read by ranges
 * @throws {FormatError} when a file is malformed, or files differ in their columns
 * @throws {DownloadError} when an address cannot be fetched
 * @throws the signal's reason when aborted, or the file system's error
 */
export async function readPartedFile(
  given: string,
  options: PartedFileOptions,
): Promise<PartedFile | undefined> {
  const { memoryBytes, scale = 1 } = options;
  const partBytes = Math.min(GREATEST_PART_BYTES, Math.max(LEAST_PART_BYTES, memoryBytes / PARTS_IN_MEMORY));
  const parts: PointPart[] = [];
  let bytes = 0;
  let columns: number | undefined;
  const last = new LastOpened();
  for (const file of await givenFiles(given)) {
    const ranges = await openRows(file, last, options);
    if (ranges === undefined) return undefined;
    columns ??= ranges.columns;
    if (ranges.columns !== columns) {
      throw new FormatError(
        { file },
        `it has ${ranges.columns} columns, but the files before it have ${columns}. Give files of the same columns.`,
      );
    }
    bytes += ranges.rows * ranges.rowBytes;
    const partRows = Math.max(1, Math.floor(partBytes / ranges.rowBytes));
    for (const part of partsOf(ranges, partRows, scale)) parts.push(part);
  }
  if (columns === undefined) return undefined;
  return { name: basename(given), points: partedPoints(parts, columns, { memoryBytes }), bytes };
}

function partsOf({ rows, columns, read }: RowRanges, partRows: number, scale: number): PointPart[] {
  return Array.from({ length: Math.ceil(rows / partRows) }, (_, part) => {
    const start = part * partRows;
    const end = Math.min(rows, start + partRows);
    return {
      rows: end - start,
      load: async (signal?: AbortSignal, memory?: PartMemory) => {
        const { data } = await read(start, end, signal, memory);
        return matrix(data, end - start, columns, scale);
      },
      loadRows: async (some: Uint32Array, signal?: AbortSignal) => {
        const values = new Float64Array(some.length * columns);
        for (const [i, row] of some.entries()) {
          const { data } = await read(start + row, start + row + 1, signal);
          values.set(data, i * columns);
        }
        return matrix(values, some.length, columns, scale);
      },
    };
  });
}

/** The rows of a file; undefined when it cannot be read by ranges. */
async function openRows(
  file: string,
  last: LastOpened,
  { tensor, signal }: PartedFileOptions,
): Promise<RowRanges | undefined> {
  const source = await givenSource(file);
  const parts = await accessByOpening(source, signal, last);
  if (parts === undefined) return undefined;
  const head = await parts.read(0, Math.min(HEAD_BYTES, parts.byteLength), signal);
  const format = formatOf(head, source.name);
  if (!format.openRows || format.sniff?.(head, source.name) !== true) return undefined;
  return format.openRows({ parts, file: source.name, options: { tensor }, signal });
}
