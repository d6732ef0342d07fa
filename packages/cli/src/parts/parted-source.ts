import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PartedPoints } from '@shoal/core';
import { isDatasetName, READ_OPTION_NAMES } from '@shoal/data';
import {
  readPartedFile,
  readPartedTable,
  STANDARD_INPUT,
  type PartedFile,
  type PartedTable,
} from '@shoal/data/node';
import type { Recipe } from '@shoal/tables';
import { type Table } from '@shoal/tables';
import type { WorkersHost } from '@shoal/workers';
import type { CommandContext } from '../context.ts';
import type { OpenEngine } from '../engines.ts';
import type { ComputeOptions } from '../options.ts';
import { hasRecipeOptions } from '../tables/recipe-options.ts';
import { defaultMemory } from './memory.ts';

/** Options that decide whether points are read in parts. */
export interface PartedOptions extends ComputeOptions {
  readonly memory?: number;
}

/** The options that reading in parts needs. */
type ReadPartsOptions = Omit<PartedOptions, 'engine'> & Partial<Pick<PartedOptions, 'engine'>>;

/** What a command needs of a source that is read in parts. */
export interface PartedPlan {
  /** The recipe of a table, from a sample of its rows; absent where only arrays are read. */
  readonly recipe?: ((sample: Table) => Recipe | Promise<Recipe>) | undefined;
  /** Whether the rows of an array are the points as they are. */
  readonly takesArrays: boolean;
  /** Whether weights are of use. */
  readonly weights: boolean;
  /** A file or folder beside which there is room for temporary files. */
  readonly output: string;
  readonly seed?: number | undefined;
}

/** Points in parts, and the table that they come from. */
export interface PartedInput {
  readonly name: string;
  readonly points: PartedPoints;
  readonly table?: PartedTable | undefined;
  /** Bytes that the command may take. */
  readonly memory: number;
  /** Opens what holds the points for the fit, when it is not this process; the caller closes it. */
  readonly openHost?: ((opened: OpenEngine, context: CommandContext) => Promise<WorkersHost>) | undefined;
  /** Removes temporary files. */
  readonly close: () => Promise<void>;
}

/** Memory of the command itself and of its threads. */
const OWN_BYTES = 250e6;
/** Labels, and distances to seeds, of each point. */
const BYTES_PER_ROW = 16;
/** Parts that are read, decoded and copied at the same time, as a share of the memory. */
const SHARE_OF_READING = 0.2;
/** Bytes that a fit of points in one piece takes, relative to the points: what was read, and its copy on the engine. */
const WHOLE_SHARE = 2.6;
/** The same relative to the file of a table: its bytes, its columns, its points and their copy. */
const TABLE_SHARE = 5;
/** Larger files are not read as a whole. */
const MOST_WHOLE_BYTES = 2 ** 31;
/** A GPU may have less memory than the machine. */
const MOST_ON_GPU = 2 ** 31;

/**
 * The points of a source in parts, when they would take more memory than the command may.
 *
 * @returns undefined when the source is read as a whole
 * @throws what is wrong with a table that is read in parts
 * @throws the signal's reason when aborted
 */
export async function partedSource(
  source: string,
  options: ReadPartsOptions,
  plan: PartedPlan,
  context: CommandContext,
): Promise<PartedInput | undefined> {
  if (isDatasetName(source) || source === STANDARD_INPUT || options.maxBytes !== undefined) return undefined;
  return (await partedArray(source, options, plan, context)) ?? partedTable(source, options, plan, context);
}

async function partedArray(
  source: string,
  options: ReadPartsOptions,
  { takesArrays }: PartedPlan,
  { signal, stderr }: CommandContext,
): Promise<PartedInput | undefined> {
  const { scale, tensor, memory = defaultMemory() } = options;
  const foreign = READ_OPTION_NAMES.filter((name) => name !== 'tensor' && options[name] !== undefined);
  if (!takesArrays || foreign.length > 0 || hasRecipeOptions(options)) return undefined;
  const reading = { memoryBytes: memory, tensor, scale, signal };
  const file: PartedFile | undefined = await readPartedFile(source, reading).catch(async (error: unknown) => {
    signal.throwIfAborted();
    // What is wrong with a file is said where it is read as a whole, unless it is too large for that.
    const { size } = await stat(source).catch(() => ({ size: 0 }));
    if (size > MOST_WHOLE_BYTES) throw error;
    return undefined;
  });
  if (file === undefined || WHOLE_SHARE * file.bytes + OWN_BYTES <= memory) return undefined;
  const { rows, columns, parts } = file.points;
  stderr(
    `${file.name}: ${rows.toLocaleString('en')} x ${columns} in ${parts.length} parts, because they take ${inGigabytes(file.bytes)} and the memory is ${inGigabytes(memory)}.`,
  );
  warnOfLabels(rows, memory, stderr);
  const points = withBudget(file.points, memory, options);
  return { name: file.name, points, memory, close: () => Promise.resolve() };
}

async function partedTable(
  source: string,
  options: ReadPartsOptions,
  { recipe, weights, output, seed }: PartedPlan,
  { signal, stderr, progress: onProgress, endProgress }: CommandContext,
): Promise<PartedInput | undefined> {
  const { scale, memory = defaultMemory() } = options;
  if (recipe === undefined || scale !== undefined) return undefined;
  const leastBytes = Math.min(MOST_WHOLE_BYTES, Math.max(0, memory - OWN_BYTES) / TABLE_SHARE);
  const reading = Object.fromEntries(READ_OPTION_NAMES.map((name) => [name, options[name]]));
  const table = await readPartedTable(source, {
    ...reading,
    memoryBytes: memory,
    folder: dirname(output),
    leastBytes,
    recipe,
    weights,
    seed,
    signal,
    onProgress,
  }).catch((error: unknown) => {
    // That there is no such file is said where it is read as a whole.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  endProgress();
  if (table === undefined) return undefined;
  const { name, bytes, rows, sampleRows, notes } = table;
  const { columns, parts } = table.points;
  const learned =
    sampleRows === undefined
      ? ''
      : ` The recipe of its columns was learned from ${sampleRows.toLocaleString('en')} random rows.`;
  stderr(
    `${name}: ${rows.toLocaleString('en')} rows, ${columns} columns of points, in ${parts.length} parts, because its ${inGigabytes(bytes)} may take more than the memory of ${inGigabytes(memory)}.${learned}`,
  );
  for (const note of notes) stderr(note);
  warnOfLabels(rows, memory, stderr);
  return { name, points: withBudget(table.points, memory, options), table, memory, close: table.close };
}

/** Points with the memory that is left to keep parts on the engine. */
function withBudget(points: PartedPoints, memory: number, { engine }: ReadPartsOptions): PartedPoints {
  const left = memory * (1 - SHARE_OF_READING) - OWN_BYTES - BYTES_PER_ROW * points.rows;
  const memoryBytes = Math.max(0, engine === 'webgpu' ? Math.min(left, MOST_ON_GPU) : left);
  return { ...points, memoryBytes };
}

/** What is kept of each row stays in memory, whatever it was allowed. */
function warnOfLabels(rows: number, memory: number, stderr: (text: string) => void): void {
  const bytes = BYTES_PER_ROW * rows;
  if (bytes <= memory) return;
  stderr(
    `warning: What is kept of ${rows.toLocaleString('en')} rows, such as their labels, may take ${inGigabytes(bytes)}, more than the memory of ${inGigabytes(memory)}.`,
  );
}

function inGigabytes(bytes: number): string {
  return `${(bytes / 1e9).toPrecision(2)} GB`;
}

/** Whether the points of a model are the rows of an array as they are. */
export function takesArrays(recipe: Recipe | undefined): boolean {
  if (recipe === undefined) return true;
  const [first] = recipe.columns;
  return recipe.columns.length === 1 && first.type === 'vector' && recipe.scaling.kind === 'none';
}
