import {
  DATASET_NAMES,
  FormatError,
  isDatasetName,
  READ_OPTION_NAMES,
  type Dataset,
  type ReadOptions,
} from '@shoal/data';
import { loadDataset, readPointsFile, STANDARD_INPUT } from '@shoal/data/node';
import type { Recipe, RecipeOptions, Table } from '@shoal/tables';
import type { CommandContext } from './context.ts';
import { UsageError } from './exit-codes.ts';
import { accessing } from './file-errors.ts';
import { flagOf } from './read-options.ts';
import { rejectGiven } from './reject-given.ts';
import {
  loadTable,
  pointsByRecipe,
  recipeFor,
  type LoadedTable,
  type TableInput,
} from './tables/load-table.ts';
import { rejectRecipeOptions, type RecipeCommandOptions } from './tables/recipe-options.ts';
import { usedColumns } from './tables/used-columns.ts';
import { isInUnitInterval } from './unit-interval.ts';

/** Training images per test image, as in Fashion-MNIST. */
export const TRAIN_PER_TEST = 6;

/** Options with which commands find and read their points. */
export interface InputOptions extends ReadOptions, RecipeCommandOptions {
  readonly dataDir?: string | undefined;
  readonly download?: boolean | undefined;
  readonly scale?: number | undefined;
  /** Greatest number of bytes of a file that are read, after unpacking. */
  readonly maxBytes?: number | undefined;
  readonly size?: number | undefined;
}

/** Training points, and test points if the dataset has them. */
export interface Input {
  readonly name: string;
  readonly train: Dataset;
  readonly test?: Dataset | undefined;
  /** The columns that the points come from, if they come from a file. */
  readonly table?: TableInput | undefined;
}

/** How points are made of the columns of a file. */
export interface ColumnsPlan {
  /** How the columns of a table are scaled; default: the rule of `Recipe`. */
  readonly scaling?: ((table: Table) => RecipeOptions['scaling']) | undefined;
  /** Whether a network is trained: then values outside of [0, 1] are standardized, unless a scaling is given. */
  readonly network?: boolean | undefined;
  /** A recipe that the caller has; the options of recipes are then refused. */
  readonly recipe?: Recipe | undefined;
  /** How an earlier file of the same kind was read; options that are given count more. */
  readonly defaults?: ReadOptions | undefined;
  /** Names of the columns that are needed, for formats that need not read the others; default all. */
  readonly neededColumns?: readonly string[] | undefined;
  /** Whether all columns are numbers to be taken as they are, as a model without a recipe needs them. */
  readonly plain?: boolean | undefined;
}

/**
 * The part asked for.
 *
 * @throws {UsageError} when the input is not divided, or does not have this part
 */
export function partOf(input: Input, split: 'train' | 'test'): Dataset {
  const part = input[split];
  if (part === undefined) throw new UsageError(`${input.name} has no ${split} part.`);
  return part;
}

/**
 * Loads a dataset by name, or a file.
 *
 * @throws {DatasetUnavailableError} when a named dataset is not found and cannot be downloaded
 * @throws {UsageError} when there is no such dataset and no such file, or an option does not apply to it
 * @throws {InvalidArgumentError} when an option does not apply to the format of the file
 * @throws {FormatError} when a file is malformed
 */
export async function loadInput(
  source: string,
  options: InputOptions,
  context: CommandContext,
  plan: ColumnsPlan = {},
): Promise<Input> {
  rejectForeignOptions(source, options);
  const { signal, progress, endProgress } = context;
  if (isDatasetName(source)) {
    const { dataDir, download, size } = options;
    const dataset = await loadDataset(source, {
      dataDir,
      download,
      train: size,
      test: size && Math.max(1, Math.floor(size / TRAIN_PER_TEST)),
      signal,
      onProgress: progress,
    });
    endProgress();
    return dataset;
  }
  if (plan.plain === true) {
    const reading = { ...options, labelColumn: undefined, signal, onProgress: progress };
    const train = await orDatasetNames(source, accessing(source, readPointsFile(source, reading)));
    endProgress();
    return { name: source, train };
  }
  const table = await orDatasetNames(source, loadLikeBefore(source, options, plan, context));
  const { points, input, notes } = await pointsOfColumns(table, options, plan);
  for (const note of notes) context.stderr(note);
  return { name: source, train: points, table: input };
}

/**
 * Reads a table as an earlier one was read, where it fits: a decimal mark that was found there counts only where this file can be
 * read in two ways, and options that do not fit this file, such as its separator, are left out with a word.
 */
async function loadLikeBefore(
  source: string,
  options: InputOptions,
  { defaults, neededColumns, recipe }: ColumnsPlan,
  context: CommandContext,
): Promise<Table> {
  const load = (read: ReadOptions | undefined) =>
    loadTable(source, { ...options, defaults: read, neededColumns }, context);
  // The standard input can be read once.
  if (defaults === undefined || source === STANDARD_INPUT) return load(defaults);
  const { decimal, ...others } = defaults;
  const hasOthers = Object.keys(others).length > 0;
  const attempts = [
    { read: hasOthers ? others : undefined, note: undefined },
    ...(decimal === undefined
      ? []
      : [
          {
            read: defaults,
            note: `Read with the decimal ${decimal === ',' ? 'comma' : 'point'}, as the file of the fit.`,
          },
        ]),
    ...(hasOthers
      ? [
          {
            read: undefined,
            note: `${flagsOf(others)} as in the fit does not suit this file, so it is read without.`,
          },
        ]
      : []),
  ];
  let first: unknown;
  for (const [i, { read, note }] of attempts.entries()) {
    try {
      const table = await load(read);
      const suits = recipe === undefined || usedColumns(recipe).some((name) => hasColumn(table, name));
      if (!suits && i < attempts.length - 1) continue;
      if (note !== undefined) context.stderr(`${table.name}: ${note}`);
      return table;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      first ??= error;
    }
  }
  throw first;
}

function hasColumn({ columns }: Table, name: string): boolean {
  return columns.some((column) => column.name === name);
}

function flagsOf(options: ReadOptions): string {
  return READ_OPTION_NAMES.filter((name) => options[name] !== undefined)
    .map(flagOf)
    .join(' and ');
}

async function pointsOfColumns(table: Table, options: InputOptions, plan: ColumnsPlan): Promise<LoadedTable> {
  const by = (recipe: Recipe) => pointsByRecipe(table, recipe, options.scale);
  // Rows that get labels or scores need no weights.
  if (plan.recipe !== undefined) return pointsByRecipe(table, plan.recipe, options.scale, { weights: false });
  const scaling = plan.scaling?.(table);
  const loaded = by(await recipeFor(table, options, { scaling }));
  const isFree = scaling === undefined && options.recipe === undefined && options.scale === undefined;
  if (plan.network !== true || !isFree || isInUnitInterval(loaded.points.points)) return loaded;
  return loaded.input.recipe.scaling.kind === 'none'
    ? by(await recipeFor(table, options, { scaling: 'standardize' }))
    : loaded;
}

/** The recipe that `loadInput` would take for a table. */
export async function recipeOfColumns(
  table: Table,
  options: InputOptions,
  plan: ColumnsPlan,
): Promise<Recipe> {
  return (await pointsOfColumns(table, options, plan)).input.recipe;
}

/** @throws {UsageError} when there is no such file, naming the datasets */
async function orDatasetNames<T>(source: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const { cause } = error as Error;
    if ((cause as NodeJS.ErrnoException | undefined)?.code !== 'ENOENT') throw error;
    throw new UsageError(
      `There is no file "${source}" and no dataset of that name; the datasets are ${DATASET_NAMES.join(' and ')}.`,
      { cause },
    );
  }
}

/** The options of file formats, by their names as typed. */
export function readOptionsOf(options: InputOptions): Readonly<Record<string, unknown>> {
  return Object.fromEntries(READ_OPTION_NAMES.map((name) => [flagOf(name), options[name]]));
}

function rejectForeignOptions(source: string, options: InputOptions): void {
  if (isDatasetName(source)) {
    rejectGiven(`the dataset ${source}`, {
      ...readOptionsOf(options),
      '--scale': options.scale,
      '--max-bytes': options.maxBytes,
      ...(source !== 'garments' && { '--size': options.size }),
    });
    rejectRecipeOptions(`the dataset ${source}`, options);
  } else {
    rejectGiven('a file', { '--size': options.size, '--data-dir': options.dataDir });
  }
}
