import { basename } from 'node:path';
import { partedPoints, type PartedPoints, type ProgressListener } from '@shoal/core';
import type { Recipe, Table } from '@shoal/tables';
import { FormatError } from '../../errors.ts';
import type { ReadOptions } from '../../formats/read-options.ts';
import { openTables, type OpenTables } from './open-tables.ts';
import { PointsCache } from './points-cache.ts';
import { RowSample } from './row-sample.ts';
import { TableSpool } from './table-spool.ts';
import { TemporaryFile } from './temporary-file.ts';

/** A piece of text takes this share of the memory, within bounds: its table and its points are some times as large. */
const PIECES_IN_MEMORY = 64;
const LEAST_PIECE_BYTES = 2 ** 20;
const GREATEST_PIECE_BYTES = 2 ** 26;

/** The most rows from which a recipe is learned, and their share of the memory. */
const MOST_SAMPLE_ROWS = 200_000;
const SAMPLES_IN_MEMORY = 16;
/** What a value of a table takes. */
const BYTES_PER_VALUE = 16;

export interface PartedTableOptions extends ReadOptions {
  /** Bytes that reading and fitting may take together. */
  readonly memoryBytes: number;
  /** A folder with room for the points, and for the rows of texts. */
  readonly folder: string;
  /** Seed of the sample; default 0. */
  readonly seed?: number | undefined;
  /** Tables whose files have fewer bytes are not read in parts; default 0. */
  readonly leastBytes?: number | undefined;
  /** Makes the recipe from the rows of a sample, or from all rows when they are few. */
  readonly recipe: (sample: Table) => Recipe | Promise<Recipe>;
  /** Whether to read the weights (default true). */
  readonly weights?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/** The points of a table in parts, and the table in pieces. */
export interface PartedTable {
  readonly name: string;
  readonly recipe: Recipe;
  readonly points: PartedPoints;
  /** Bytes of the files. */
  readonly bytes: number;
  /** Rows of the table; those without a point are in `without`, ascending. */
  readonly rows: number;
  readonly without: readonly number[];
  /** Weight of each point, if a column says so. */
  readonly weights?: Float32Array | undefined;
  /** How many rows the recipe was learned from; undefined when it was all of them. */
  readonly sampleRows?: number | undefined;
  /** What happened to which rows, a sentence each. */
  readonly notes: readonly string[];
  /** The table again, in pieces. */
  readonly pieces: () => AsyncGenerator<Table>;
  /** Removes the temporary files. */
  readonly close: () => Promise<void>;
}

/**
 * Points of tables in files, by a recipe, where the tables are larger than memory: Parquet by groups of rows, Arrow by
 * batches, CSV and NDJSON in pieces of some megabytes. One pass finds the rows from which the recipe is learned, and keeps
 * those of texts in a temporary file; a second one writes the points to another. Both are removed by `close`.
 *
 * @returns undefined when the files are read as a whole: see `openTables`
 * @throws {FormatError} when a file is malformed, or files or pieces differ in their columns
 * @throws {DataError} when the recipe does not fit a piece
 * @throws the signal's reason when aborted, or the file system's error, for example when the disk is full
 */
export async function readPartedTable(
  given: string,
  options: PartedTableOptions,
): Promise<PartedTable | undefined> {
  const { memoryBytes, folder, leastBytes = 0, signal, onProgress, seed = 0 } = options;
  const pieceBytes = Math.min(
    GREATEST_PIECE_BYTES,
    Math.max(LEAST_PIECE_BYTES, memoryBytes / PIECES_IN_MEMORY),
  );
  const opened = await openTables(given, { reading: options, pieceBytes, signal, onProgress });
  if (opened === undefined || opened.bytes < leastBytes) return undefined;
  const name = basename(given);
  const files: TemporaryFile[] = [];
  const close = async () => {
    for (const file of files) await file.close();
  };
  const temporary = async () => {
    const file = await TemporaryFile.create(folder);
    files.push(file);
    return file;
  };
  try {
    const spool = opened.isText ? new TableSpool(await temporary()) : undefined;
    const { sample, rows } = await samplePieces(opened, spool, memoryBytes, seed);
    const table = sample.table(name);
    const recipe = await options.recipe(table);
    const pieces = () => spoolOrFiles(spool, opened);
    const found = await cachePoints(pieces, recipe, options, temporary);
    return {
      name,
      recipe,
      bytes: opened.bytes,
      rows,
      sampleRows: sample.isPartial ? table.rows : undefined,
      pieces,
      close,
      ...found,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function samplePieces(
  opened: OpenTables,
  spool: TableSpool | undefined,
  memoryBytes: number,
  seed: number,
): Promise<{ readonly sample: RowSample; readonly rows: number }> {
  let sample: RowSample | undefined;
  let rows = 0;
  for await (const piece of opened.pieces()) {
    const most = memoryBytes / SAMPLES_IN_MEMORY / (BYTES_PER_VALUE * widthOf(piece));
    sample ??= new RowSample(Math.min(MOST_SAMPLE_ROWS, Math.max(1, Math.floor(most))), seed);
    sample.add(piece);
    rows += piece.rows;
    await spool?.add(piece);
  }
  if (sample === undefined) throw new FormatError({ file: 'table' }, 'there are no rows of data.');
  return { sample, rows };
}

/** Values of a row. */
function widthOf({ columns }: Table): number {
  return columns.reduce((sum, column) => sum + (column.type === 'vector' ? column.values.columns : 1), 0);
}

async function* spoolOrFiles(spool: TableSpool | undefined, opened: OpenTables): AsyncGenerator<Table> {
  if (spool === undefined) {
    yield* opened.pieces();
    return;
  }
  for (let index = 0; index < spool.count; index++) yield await spool.read(index);
}

type CachedPoints = Pick<PartedTable, 'points' | 'without' | 'weights' | 'notes'>;

/** Writes the points, in the narrowest type that holds them all. */
async function cachePoints(
  pieces: () => AsyncGenerator<Table>,
  recipe: Recipe,
  options: PartedTableOptions,
  temporary: () => Promise<TemporaryFile>,
): Promise<CachedPoints> {
  // Engines round what is centered and scaled to float32 anyway.
  if (recipe.scaling.kind !== 'none') {
    const cache = new PointsCache(await temporary(), 'f32', 'rounds');
    return requireFound(await writePoints(pieces, recipe, cache, options));
  }
  const narrow = new PointsCache(await temporary(), 'f32', 'exact');
  const found = await writePoints(pieces, recipe, narrow, options);
  if (found !== undefined) return found;
  const wide = new PointsCache(await temporary(), 'f64', 'exact');
  return requireFound(await writePoints(pieces, recipe, wide, options));
}

function requireFound(found: CachedPoints | undefined): CachedPoints {
  if (found === undefined) throw new FormatError({ file: 'table' }, 'its points cannot be kept.');
  return found;
}

/** @returns undefined when the cache does not hold a value exactly */
async function writePoints(
  pieces: () => AsyncGenerator<Table>,
  recipe: Recipe,
  cache: PointsCache,
  { memoryBytes, weights: readsWeights, signal, onProgress }: PartedTableOptions,
): Promise<CachedPoints | undefined> {
  const without: number[] = [];
  const weights: Float64Array[] = [];
  const notes = new Set<string>();
  let first = 0;
  for await (const piece of pieces()) {
    signal?.throwIfAborted();
    const found = recipe.transform(piece, { weights: readsWeights });
    if (!(await cache.add(found.points))) return undefined;
    if (found.weights) weights.push(found.weights);
    for (const note of found.notes) notes.add(note);
    for (let row = 0, next = 0; row < piece.rows; row++) {
      if (found.rows[next] === row) next++;
      else without.push(first + row);
    }
    first += piece.rows;
    onProgress?.({ phase: 'preparing', completed: first, total: first });
  }
  const points = partedPoints(cache.parts, recipe.pointColumns.length, { memoryBytes });
  return {
    points,
    without,
    weights: weights.length > 0 ? joinedWeights(weights, points.rows) : undefined,
    notes: [...notes],
  };
}

function joinedWeights(pieces: readonly Float64Array[], rows: number): Float32Array {
  const all = new Float32Array(rows);
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
