import { ShoalError, type ProgressListener } from '@shoal/core';
import type { Table } from '@shoal/tables';
import type { RowGroup } from 'hyparquet';
import { FormatError } from '../../errors.ts';
import { MAX_BYTES, tooLarge } from '../gather.ts';
import type { RandomAccess } from '../random-access.ts';
import { shortened } from '../shortened.ts';
import type { TablePieces } from '../table-pieces.ts';
import type { ColumnPlan, ColumnReader, ReadColumn } from './column-reader.ts';
import { readFooter, type Footer } from './footer.ts';
import { pagesOf } from './pages.ts';
import { plansOf } from './plans.ts';

export interface ParquetRequest {
  readonly parts: RandomAccess;
  /** Name of the file, for errors. */
  readonly file: string;
  /** Names of the columns that are needed; default all. Others are not read, unless none of them is there. */
  readonly neededColumns?: readonly string[] | undefined;
  readonly maxBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/**
 * Reads a Parquet file, one chunk of a column at a time, straight into the arrays of the table.
 *
 * @throws {FormatError} when it is damaged, has no rows, or unpacks to more than `maxBytes`
 * @throws the signal's reason when aborted
 */
export function readParquet(request: ParquetRequest): Promise<Table> {
  return reading(request, async () => tableOf(await readFooter(request.parts, request.signal), request));
}

/**
 * The groups of rows of a Parquet file, as pieces of its table.
 *
 * @throws like `readParquet`
 */
export function openParquetPieces(request: ParquetRequest): Promise<TablePieces> {
  return reading(request, async () => {
    const footer = await readFooter(request.parts, request.signal);
    const groups = footer.metadata.row_groups.filter(({ num_rows }) => num_rows > 0n);
    return {
      count: groups.length,
      read: (index, signal) => {
        const metadata = { ...footer.metadata, row_groups: [groups[index]] };
        const piece = { ...footer, metadata, rows: Number(groups[index].num_rows) };
        return reading(request, () => tableOf(piece, { ...request, signal, onProgress: undefined }));
      },
    };
  });
}

/** The rows of a footer. */
async function tableOf(footer: Footer, request: ParquetRequest): Promise<Table> {
  const { file } = request;
  if (footer.rows === 0) {
    throw new FormatError({ file }, 'this Parquet file has columns, but no rows. Give one with rows.');
  }
  const plans = wanted(plansOf(footer.root, footer.leaves), request.neededColumns);
  requireRoom(footer, plans, request);
  const columns = await readColumns(plans, footer, request);
  if (columns.length === 0) throw new FormatError({ file }, 'this Parquet file has no columns.');
  return {
    name: file,
    rows: footer.rows,
    columns: columns.map(({ column }) => column),
    notes: columns.flatMap(({ note }) => note ?? []),
  };
}

/** Says which file it is when something in it is wrong. */
async function reading<T>({ file, signal }: ParquetRequest, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof ShoalError || !(cause instanceof Error)) throw cause;
    throw new FormatError(
      { file },
      `this Parquet file cannot be read: ${shortened(cause.message)}. It is damaged, or of a kind that is not supported; write it again.`,
      { cause },
    );
  }
}

/** A column of a structure is needed when the structure is. */
function wanted(plans: readonly ColumnPlan[], names: readonly string[] | undefined): readonly ColumnPlan[] {
  if (names === undefined) return plans;
  const set = new Set(names);
  const found = plans.filter(({ name, leaves }) => set.has(name) || set.has(leaves[0].path[1].element.name));
  return found.length === 0 ? plans : found;
}

function requireRoom(
  { metadata }: Footer,
  plans: readonly ColumnPlan[],
  { file, maxBytes = MAX_BYTES }: ParquetRequest,
): void {
  const used = usedLeaves(plans);
  let bytes = 0;
  for (const { columns } of metadata.row_groups) {
    for (const leaf of used) bytes += Number(columns[leaf].meta_data?.total_uncompressed_size ?? 0);
  }
  if (bytes > maxBytes) throw tooLarge(file, bytes, maxBytes);
}

function usedLeaves(plans: readonly ColumnPlan[]): readonly number[] {
  return [...new Set(plans.flatMap(({ leaves }) => leaves.map(({ index }) => index)))].sort((a, b) => a - b);
}

async function readColumns(
  plans: readonly ColumnPlan[],
  footer: Footer,
  request: ParquetRequest,
): Promise<readonly ReadColumn[]> {
  const { metadata, rows } = footer;
  const readers = plans.map((plan) => plan.open({ rows, values: valuesOf(plan, footer) }));
  let read = 0;
  for (const group of metadata.row_groups) {
    await readGroup(group, plans, readers, request);
    read += Number(group.num_rows);
    for (const [i, reader] of readers.entries()) {
      reader.endGroup?.();
      if (reader.rows === read) continue;
      throw new Error(`the column "${plans[i].name}" has ${reader.rows} rows where the others have ${read}`);
    }
    request.onProgress?.({ phase: 'reading', completed: read, total: rows });
  }
  const columns = readers.map((reader) => reader.column());
  const again = plans.flatMap(({ otherwise }, i) =>
    columns[i] === undefined && otherwise ? [otherwise] : [],
  );
  const others = again.length === 0 ? [] : await readColumns(again, footer, request);
  const byPlan = new Map(again.map((plan, i) => [plan, others[i]]));
  return plans.flatMap(({ otherwise }, i) => columns[i] ?? (otherwise && byPlan.get(otherwise)) ?? []);
}

function valuesOf({ leaves: [leaf] }: ColumnPlan, { metadata }: Footer): number {
  return metadata.row_groups.reduce(
    (total, { columns }) => total + Number(columns[leaf.index].meta_data?.num_values ?? 0),
    0,
  );
}

async function readGroup(
  { columns }: RowGroup,
  plans: readonly ColumnPlan[],
  readers: readonly ColumnReader[],
  { parts, signal }: ParquetRequest,
): Promise<void> {
  for (const run of runsOf(usedLeaves(plans), columns, parts.byteLength)) {
    const bytes = await parts.read(run.start, run.end, signal);
    for (const { leaf: index, start, end } of run.chunks) {
      const meta = columns[index].meta_data;
      for (const [i, { leaves }] of plans.entries()) {
        const leaf = leaves.find((own) => own.index === index);
        if (leaf === undefined || meta === undefined) continue;
        signal?.throwIfAborted();
        const chunk = bytes.subarray(start - run.start, end - run.start);
        for (const page of pagesOf(chunk, meta, leaf)) readers[i].add(page, leaf);
      }
    }
  }
}

interface Run {
  readonly start: number;
  end: number;
  readonly chunks: { readonly leaf: number; readonly start: number; readonly end: number }[];
}

/** Chunks this near to each other are read at once, up to so many bytes: behind a URL, each reading takes its time. */
const MAX_GAP = 1 << 16;
const MAX_RUN = 1 << 23;

function runsOf(leaves: readonly number[], columns: RowGroup['columns'], byteLength: number): readonly Run[] {
  const runs: Run[] = [];
  for (const leaf of leaves) {
    const meta = columns[leaf].meta_data;
    if (meta === undefined) throw new Error('a column has no place in the file');
    const { dictionary_page_offset: dictionary = 0n, data_page_offset: data } = meta;
    const start = Number(dictionary > 0n ? dictionary : data);
    const end = start + Number(meta.total_compressed_size);
    if (!(start >= 0 && start <= end && end <= byteLength))
      throw new Error('a column lies beyond the end of the file');
    const last = runs[runs.length - 1];
    const joins =
      runs.length > 0 && start >= last.end && start - last.end <= MAX_GAP && end - last.start <= MAX_RUN;
    if (joins) {
      last.chunks.push({ leaf, start, end });
      last.end = end;
    } else runs.push({ start, end, chunks: [{ leaf, start, end }] });
  }
  return runs;
}
