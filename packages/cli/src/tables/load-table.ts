import { dirname, join } from 'node:path';
import { stat } from 'node:fs/promises';
import { InvalidArgumentError, type JsonValue, type Matrix } from '@shoal/core';
import { isJsonObject, parseJson, RUN_FILES, type Dataset, type TableReadOptions } from '@shoal/data';
import { readBytes, readTableFile } from '@shoal/data/node';
import { Recipe, type Table, type TransformOptions } from '@shoal/tables';
import type { CommandContext } from '../context.ts';
import { accessing } from '../file-errors.ts';
import { recipeOptionsOf, rejectRecipeOptions, type RecipeCommandOptions } from './recipe-options.ts';

/** A table, and how its columns become points. */
export interface TableInput {
  readonly table: Table;
  readonly recipe: Recipe;
  /** The row of the table of each point, ascending; rows with nothing to use are left out. */
  readonly rows: Uint32Array;
  /** How much each point counts, if a column says so. */
  readonly weights?: Float64Array | undefined;
}

/** Points of a table. */
export interface LoadedTable {
  readonly points: Dataset;
  readonly input: TableInput;
  /** What happened to which rows, a sentence each. */
  readonly notes: readonly string[];
}

/**
 * Reads a table and says what was taken for granted.
 *
 * @throws {UsageError} when there is no such file
 * @throws {FormatError} when the file is malformed
 */
export async function loadTable(
  source: string,
  options: TableReadOptions,
  { signal, progress: onProgress, endProgress, stderr }: CommandContext,
): Promise<Table> {
  // A factor is about points, not about how a file is read.
  const reading = { ...options, scale: undefined };
  const table = await accessing(source, readTableFile(source, { ...reading, signal, onProgress }));
  endProgress();
  if (table.notes.length > 0) stderr(`${table.name}: ${table.notes.join(' ')}`);
  return table;
}

/**
 * The recipe that the options ask for: the one of a file, or one fitted to the table.
 *
 * @throws {UsageError} when a recipe is given and other options of recipes too
 * @throws {InvalidArgumentError} when a column does not exist, or a value of an option does not fit it
 * @throws {DataError} when the recipe does not fit the table, or no column can be used
 */
export async function recipeFor(
  table: Table,
  options: RecipeCommandOptions,
  scaling: Parameters<typeof Recipe.fit>[1],
): Promise<Recipe> {
  if (options.recipe === undefined) return Recipe.fit(table, { ...recipeOptionsOf(options), ...scaling });
  rejectRecipeOptions('a fit by --recipe', options, ['recipe']);
  return Recipe.fromState(await readRecipe(options.recipe));
}

/** The recipe of a file, or of a run folder. */
async function readRecipe(path: string): Promise<Readonly<Record<string, JsonValue>>> {
  const isFolder = (await accessing(path, stat(path))).isDirectory();
  const file = isFolder ? join(path, RUN_FILES.recipe) : path;
  const value = parseJson(await accessing(file, readBytes(file)), file);
  if (!isJsonObject(value))
    throw new InvalidArgumentError(`${file} is not a recipe: it is not a JSON object.`);
  return value;
}

/** The recipe of the run folder that a file is in; undefined when there is none. */
export async function recipeBeside(file: string): Promise<Recipe | undefined> {
  const path = join(dirname(file), RUN_FILES.recipe);
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true ? Recipe.fromState(await readRecipe(path)) : undefined;
}

/** What the run folder that a file is in says about its fit; undefined when there is none. */
export async function metricsBeside(file: string): Promise<Readonly<Record<string, JsonValue>> | undefined> {
  const path = join(dirname(file), RUN_FILES.metrics);
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  const metrics = parseJson(await accessing(path, readBytes(path)), path);
  return isJsonObject(metrics) ? metrics : undefined;
}

/**
 * The points of a table by a recipe.
 *
 * @param scale a factor for values that the recipe leaves alone
 * @param reading whether weights are needed
 * @throws {InvalidArgumentError} when there is a factor and the recipe scales the columns
 * @throws {DataError} when the table lacks columns, or has no row with values
 */
export function pointsByRecipe(
  table: Table,
  recipe: Recipe,
  scale: number | undefined,
  reading: TransformOptions = {},
): LoadedTable {
  const { points, rows, classes, weights, imageShape, notes } = recipe.transform(table, reading);
  const dataset = {
    name: table.name,
    points: scale === undefined ? points : multiplied(points, scale, recipe),
    labels: classes && labelsOf(classes.labels, rows),
    classNames: classes?.classNames,
    columnNames: recipe.pointColumns.map(({ name }) => name),
    imageShape,
  };
  return { points: dataset, input: { table, recipe, rows, weights }, notes };
}

/** Classes are known of every row, but only rows with values have points. */
function labelsOf(labels: Uint8Array | Int32Array, rows: Uint32Array): Uint8Array | Int32Array {
  return rows.length === labels.length ? labels : Int32Array.from(rows, (row) => labels[row]);
}

function multiplied(points: Matrix, scale: number, { scaling }: Recipe): Matrix {
  if (scaling.kind === 'none') return { ...points, scale: points.scale * scale };
  throw new InvalidArgumentError(
    '--scale has no effect here, because the columns are standardized. Leave it out, or add --scaling none.',
  );
}
