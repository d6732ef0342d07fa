import { FormatError, parseJson } from '@shoal/data/run';
import { readColumnText, type ColumnText } from './column-text.ts';
import type { HistorySeries } from './types.ts';
import type { ViewText } from './view-file.ts';

/**
 * The texts of a view, read from its JSON and checked.
 *
 * @throws {FormatError} when something is missing or of another type
 */
export function readViewText(json: string | undefined, file: string): ViewText {
  const fail = (what: string): never => {
    throw new FormatError({ file }, `its description ${what}.`);
  };
  const value: unknown = parseJson(json ?? '', file, 'its description');
  if (!isObject(value)) return fail('is not a JSON object');
  const { title, total, origin, projection, notes, history } = value;
  const { metrics, columnNames, classNames, modelKind, treeKind, columns, clusterNames, clusterTraits } =
    value;
  if (typeof title !== 'string' || typeof projection !== 'string')
    return fail('lacks its title or projection');
  if (!isWholeNumber(total)) return fail(`has ${JSON.stringify(total)} for its number of rows`);
  if (!isOrigin(origin)) return fail('has an origin that is not two numbers');
  if (!isTexts(notes)) return fail('lacks its notes');
  if (!Array.isArray(history) || !history.every(isSeries)) return fail('lacks its history');
  if (!isObject(metrics)) return fail('lacks its metrics');
  if (!isNames(columnNames) || !isNames(classNames)) return fail('has names that are not texts');
  if (columns !== undefined && !isColumns(columns)) return fail('has columns that it does not describe');
  if (!isNamesOrNull(clusterNames)) return fail('has names of clusters that are not texts');
  if (!isTraits(clusterTraits)) return fail('has traits of clusters that are not texts');
  if (modelKind !== undefined && modelKind !== 'kmeans' && modelKind !== 'gaussian-mixture') {
    return fail(`has a model of kind ${JSON.stringify(modelKind)}`);
  }
  if (!isTreeKind(treeKind)) return fail(`has a tree of kind ${JSON.stringify(treeKind)}`);
  return {
    title,
    total,
    origin,
    projection,
    notes,
    history: history.map(({ name, step, values }) => ({ name, step, values })),
    metrics: metrics as ViewText['metrics'],
    columnNames,
    columns: columns?.map(readColumnText).filter((column) => column !== undefined),
    clusterNames: clusterNames?.map((name) => name ?? undefined),
    clusterTraits,
    classNames,
    modelKind,
    treeKind,
  };
}

function isTreeKind(value: unknown): value is ViewText['treeKind'] {
  return value === undefined || value === 'condensed-tree' || value === 'dendrogram' || value === 'splits';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function isOrigin(value: unknown): value is ViewText['origin'] {
  if (value === undefined) return true;
  return Array.isArray(value) && value.length === 2 && value.every((number) => typeof number === 'number');
}

function isNames(value: unknown): value is readonly string[] | undefined {
  return value === undefined || isTexts(value);
}

function isColumns(value: unknown): value is readonly ColumnText[] {
  return Array.isArray(value) && value.every((column) => readColumnText(column) !== undefined);
}

/** JSON has null for a cluster without a name. */
function isNamesOrNull(value: unknown): value is readonly (string | null)[] | undefined {
  return value === undefined || (Array.isArray(value) && isTexts(value.filter((name) => name !== null)));
}

function isTraits(value: unknown): value is readonly (readonly string[])[] | undefined {
  return value === undefined || (Array.isArray(value) && value.every(isTexts));
}

function isWholeNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isSeries(value: unknown): value is HistorySeries {
  return (
    isObject(value) &&
    typeof value['name'] === 'string' &&
    typeof value['step'] === 'string' &&
    Array.isArray(value['values']) &&
    value['values'].every((number) => typeof number === 'number')
  );
}
