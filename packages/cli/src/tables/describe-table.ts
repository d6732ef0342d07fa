import { join } from 'node:path';
import { ShoalError, type Engine, type Matrix } from '@shoal/core';
import { writeTableFile } from '@shoal/data/node';
import { describedColumns, profileClusters, withDateColumns, type Profiles, type Table } from '@shoal/tables';
import type { CommandContext } from '../context.ts';
import type { FittedModel } from '../methods/method.ts';
import { assignmentsOf } from './assignments.ts';
import type { TableInput } from './load-table.ts';
import { writeProfiles } from './profiles-file.ts';
import { fitsOf, type PointFits } from './row-fits.ts';
import { resultsOfRows, type RowResults } from './row-results.ts';

/** Runs a step whose failure must not lose the others. */
export type Attempt = <T>(what: string, make: () => Promise<T>) => Promise<T | undefined>;

interface FittedTable {
  readonly fitted: FittedModel;
  /** The points that it was fitted to. */
  readonly points: Matrix;
  readonly input: TableInput;
  readonly rows: RowResults;
}

interface DescribeTableOptions {
  /** The file for the rows with their clusters, `none`, or undefined for one in the run folder. */
  readonly assignments?: string | undefined;
  readonly seed: number;
}

/** What is known about the rows and clusters of a table. */
export interface DescribedTable {
  readonly input: TableInput;
  readonly profiles?: Profiles | undefined;
  /** Why the file of rows that was asked for is not there. */
  readonly failure?: NotWrittenError | undefined;
}

/** A file that was asked for could not be written; the run is saved. */
class NotWrittenError extends ShoalError {
  readonly code = 'NOT_WRITTEN';
}

/** Writes the rows of a table with their clusters, and what each cluster is. */
export async function describeTable(
  folder: string,
  described: FittedTable,
  engine: Engine,
  { assignments, seed }: DescribeTableOptions,
  context: CommandContext,
  attempt: Attempt,
): Promise<DescribedTable> {
  const { signal, progress: onProgress } = context;
  const { fitted, input, rows } = described;
  const { table, recipe } = input;
  const fits = await attempt('how well each row fits its cluster', () =>
    fitsOfTraining(described, engine, signal),
  );
  context.endProgress();
  // What follows takes memory of its own, and needs the engine for little.
  engine.trim?.();
  const { labels } = rows;
  let failure: NotWrittenError | undefined;
  if (assignments !== 'none') {
    const path = assignments ?? join(folder, defaultFile(table));
    const written = await attempt('the rows with their clusters', async () => {
      await writeTableFile(path, assignmentsOf(table, labels, fits), { signal, onProgress });
      return true;
    });
    context.endProgress();
    if (written && assignments !== undefined) context.stderr(`Wrote ${path}.`);
    if (!written && assignments !== undefined) {
      failure = new NotWrittenError(`"${path}" was not written. The run is saved in "${folder}".`);
    }
  }
  const profiles = await attempt('what each cluster is', async () => {
    const found = await profileClusters(withDateColumns(recipe, table), labels, {
      clusters: fitted.model.clusters,
      columns: describedColumns(recipe, table),
      distances: fits?.name === 'distance' ? fits.values : undefined,
      margins: fits?.margins,
      points: { points: described.points, rows: input.rows },
      seed,
      signal,
      onProgress,
    });
    await writeProfiles(folder, found, signal);
    return found;
  });
  context.endProgress();
  return { input, profiles, failure };
}

/** Rows in a CSV file that a spreadsheet still opens; more go into a Parquet file. */
const MAX_CSV_ROWS = 1_000_000;

/** Formats whose tables come back as Parquet, with the types of their columns. */
const TYPED_FORMATS = new Set(['parquet', 'arrow']);

function defaultFile({ format = '', rows }: Table): string {
  return TYPED_FORMATS.has(format) || rows > MAX_CSV_ROWS ? 'assignments.parquet' : 'assignments.csv';
}

async function fitsOfTraining(
  { fitted: { model, clustering, space }, points, input: { table, rows } }: FittedTable,
  engine: Engine,
  signal: AbortSignal,
): Promise<PointFits | undefined> {
  const inSpace = space ? await space.ofTraining(signal) : points;
  const fits = await fitsOf(clustering, inSpace, model.labels, { engine, signal });
  return resultsOfRows(table.rows, rows, { labels: model.labels, fits }).fits;
}
