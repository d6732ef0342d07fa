import { InvalidArgumentError } from '@shoal/core';
import {
  COLUMN_ROLES,
  MISSING_RULES,
  type ColumnReference,
  type RecipeOptions,
  type RolePairs,
} from '@shoal/tables';
import { Option, type Command } from 'commander';
import { rejectGiven } from '../reject-given.ts';

/** Options that say what the columns of a table are for. */
export interface RecipeCommandOptions {
  readonly columns?: readonly ColumnReference[];
  readonly exclude?: readonly ColumnReference[];
  readonly id?: ColumnReference;
  readonly as?: RolePairs;
  readonly missing?: NonNullable<RecipeOptions['missing']>;
  readonly vectors?: ColumnReference;
  readonly weight?: ColumnReference;
  readonly labelColumn?: ColumnReference;
  /** A file with a recipe, or a run folder that has one. */
  readonly recipe?: string;
}

type RecipeOptionName = keyof RecipeCommandOptions;

/** Every option of recipes, described once, in the order of the help. */
const RECIPE_OPTIONS: Readonly<Record<RecipeOptionName, () => Option>> = {
  columns: () =>
    new Option(
      '--columns <names>',
      'tables: use only these columns: names or numbers from 1, with commas',
    ).argParser(parseList),
  exclude: () => new Option('--exclude <names>', 'tables: use all columns but these').argParser(parseList),
  id: () => columnOption('--id', 'tables: the column that names the rows, or none (default: auto)'),
  as: () =>
    new Option(
      '--as <column=type>',
      `tables: what a column is: ${COLUMN_ROLES.join(', ')}; may be given again`,
    ).argParser(parseRoles),
  missing: () =>
    new Option(
      '--missing <how>',
      'tables: fill missing values, add a column that marks them, drop such rows, or stop',
    ).choices([...MISSING_RULES]),
  vectors: () => columnOption('--vectors', 'tables: cluster only the vectors of this column'),
  weight: () => columnOption('--weight', 'tables: how much each row counts (kmeans, gmm)'),
  labelColumn: () =>
    columnOption(
      '--label-column',
      'tables: the true classes, used for scores only: first, last, none, a name or a number from 1',
    ),
  recipe: () =>
    new Option('--recipe <file>', 'tables: a recipe.json, or a run folder: treat the columns as it says'),
};
const NAMES = Object.keys(RECIPE_OPTIONS) as readonly RecipeOptionName[];

/** Adds the options of recipes. */
export function addRecipeOptions(command: Command): Command {
  for (const make of Object.values(RECIPE_OPTIONS)) command.addOption(make());
  return command;
}

/** Refuses options of recipes where there is no table, or where a recipe is given. */
export function rejectRecipeOptions(
  what: string,
  options: RecipeCommandOptions,
  allowed: readonly RecipeOptionName[] = [],
): void {
  const refused = NAMES.filter((name) => !allowed.includes(name));
  rejectGiven(what, Object.fromEntries(refused.map((name) => [RECIPE_OPTIONS[name]().long!, options[name]])));
}

/** Whether any option of recipes is given. */
export function hasRecipeOptions(options: RecipeCommandOptions): boolean {
  return NAMES.some((name) => options[name] !== undefined);
}

/** An option that names one column. */
export function columnOption(flag: string, description: string): Option {
  return new Option(`${flag} <column>`, description);
}

/** The options of the command as those of `Recipe.fit`. */
export function recipeOptionsOf(options: RecipeCommandOptions): RecipeOptions {
  const { columns, exclude, id, as, missing, vectors, weight, labelColumn } = options;
  return { columns, exclude, id, as, missing, vectors, weight, labelColumn };
}

/** Names with commas in them are written in double quotes; a quote within those is written twice. */
function parseList(text: string, before: readonly ColumnReference[] = []): readonly ColumnReference[] {
  const parts = text.match(/\s*"(?:[^"]|"")*"\s*(?=,|$)|[^,]+/g) ?? [];
  const given = parts.map((part) => {
    const name = part.trim();
    return /^"(?:[^"]|"")*"$/.test(name) ? name.slice(1, -1).replaceAll('""', '"') : name;
  });
  return [...before, ...given];
}

function parseRoles(text: string, before: RolePairs = []): RolePairs {
  const at = text.lastIndexOf('=');
  const role = COLUMN_ROLES.find((known) => known === text.slice(at + 1).trim());
  if (at < 1 || role === undefined) {
    throw new InvalidArgumentError(
      `--as takes column=type, where the type is ${COLUMN_ROLES.join(', ')}; got "${text}".`,
    );
  }
  return [...before, [text.slice(0, at).trim(), role]];
}
