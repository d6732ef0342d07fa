import type { JsonValue } from '@shoal/core';
import type { Pausable } from '@shoal/core/engine-kit';
import { FormatError } from '../../errors.ts';
import { isJsonObject, parseJson } from '../json.ts';
import { shortened } from '../shortened.ts';
import { ArrayRows, LONG_INTEGERS, readElements, type OnBytes } from './array-content.ts';
import { featureRows } from './geo-json.ts';
import { parseValue } from './parse-elements.ts';
import { ObjectColumns } from './row-columns.ts';
import { endOfString, skipBlanks } from './scan.ts';
import type { JsonContent, JsonTable, NamedValues } from './typed-content.ts';

/** Greatest number of names that an error lists. */
const MAX_LISTED = 6;

const ADVICE =
  'A table in JSON is a list of objects, one per row ([{"x": 1}, ...]), or an object of lists, one per column ({"x": [1, ...]}).';

/** What an object of JSON has under one name: a list, or anything else. */
interface Member {
  readonly list?: readonly JsonValue[];
  readonly value?: JsonValue;
}

/**
 * Reads an object that is the whole file: lists of values by column, one list of rows among other things, or a data frame as
 * pandas writes it (orient "columns", "index", "split" or "table"), or features of GeoJSON.
 *
 * @param start at its brace
 * @throws {FormatError} when it is something else
 */
export function* readObject(
  bytes: Uint8Array,
  start: number,
  file: string,
  onBytes: OnBytes,
): Pausable<{ readonly content: JsonContent; readonly next: number }> {
  const members = new Map<string, Member>();
  const notes = new Set<string>();
  let at = skipBlanks(bytes, start + 1);
  while (at < bytes.length && String.fromCharCode(bytes[at]) !== '}') {
    const name = keyAt(bytes, at, file);
    if (members.has(name)) {
      throw new FormatError(
        { file },
        `not clear: it gives the key "${shortened(name)}" twice in one object.`,
      );
    }
    at = skipBlanks(bytes, afterColon(bytes, at, file));
    if (String.fromCharCode(bytes[at] ?? 0) === '[') {
      const { values, next, notes: found } = yield* readElements(bytes, at + 1, file, onBytes);
      for (const note of found) notes.add(note);
      members.set(name, { list: values });
      at = next;
    } else {
      const { value, next, hasLongIntegers } = parseValue(bytes, at, file);
      if (hasLongIntegers) notes.add(LONG_INTEGERS);
      members.set(name, { value });
      at = next;
    }
    at = skipBlanks(bytes, at);
    const mark = String.fromCharCode(bytes[at] ?? 0);
    if (mark !== ',' && mark !== '}') throw broken(file, at);
    if (mark === ',') {
      at = skipBlanks(bytes, at + 1);
      if (String.fromCharCode(bytes[at] ?? 0) === '}') throw broken(file, at);
    }
  }
  if (at >= bytes.length) throw broken(file, at);
  return { content: contentOf(members, notes, file), next: at + 1 };
}

function contentOf(
  members: ReadonlyMap<string, Member>,
  notes: ReadonlySet<string>,
  file: string,
): JsonContent {
  const map = mapContent(members, notes, file);
  if (map !== undefined) return map;
  const split = splitFrame(members);
  if (split !== undefined) return columnsTable(split, notes, file);
  const lists = Array.from(members, ([name, { list }]) => ({ name, values: list })).filter(
    (member): member is NamedValues => member.values !== undefined,
  );
  const areColumns =
    lists.length > 1 &&
    lists.length === members.size &&
    lists.every(({ values }) => values.length === lists[0].values.length);
  if (areColumns) return columnsTable(lists, notes, file);
  const ofRows = lists.filter(({ values }) => values.length > 0 && values.every(isJsonObject));
  if (ofRows.length === 1) {
    const [{ name, values }] = ofRows;
    const note = `The rows are the list "${shortened(name)}" of the object.`;
    return rowsContent(values, new Set([...notes, ...(members.size > 1 ? [note] : [])]), file);
  }
  if (lists.length > 0 && lists.length === members.size) return columnsTable(lists, notes, file);
  return frameOfObjects(members, notes, file) ?? rejectObject(members, file);
}

/** The columns of pandas' orient "split": a list of names, and lists of values. */
function splitFrame(members: ReadonlyMap<string, Member>): readonly NamedValues[] | undefined {
  const names = members.get('columns')?.list;
  const rows = members.get('data')?.list;
  const isFrame = rows?.every((row) => Array.isArray(row) && row.length === names?.length) === true;
  if (names === undefined || names.length === 0 || !isFrame) return undefined;
  // By their places: names may be repeated, and objects would put those that are whole numbers in another order.
  return names.map((name, i) => ({
    name: typeof name === 'string' ? name : JSON.stringify(name),
    values: rows.map((row) => (row as readonly JsonValue[])[i]),
  }));
}

function rowsContent(rows: readonly JsonValue[], notes: ReadonlySet<string>, file: string): JsonContent {
  const builder = new ArrayRows(file);
  for (const row of rows) builder.add(row);
  for (const note of notes) builder.note(note);
  return builder.finish();
}

function columnsTable(lists: readonly NamedValues[], notes: ReadonlySet<string>, file: string): JsonTable {
  const [first] = lists;
  const rows = first.values.length;
  const other = lists.find(({ values }) => values.length !== rows);
  if (other !== undefined) {
    throw new FormatError(
      { file },
      `the columns have one length, but "${shortened(other.name)}" has ${other.values.length} values and "${shortened(first.name)}" has ${rows}.`,
    );
  }
  if (rows === 0) throw new FormatError({ file }, 'the file has no rows: its lists are empty.');
  return { name: file, rows, columns: lists.flatMap((list) => flattened(list, file)), notes: [...notes] };
}

/** The columns of a list of objects: "outer.inner". */
function flattened(list: NamedValues, file: string): readonly NamedValues[] {
  if (!list.values.some(isJsonObject)) return [list];
  const columns = new ObjectColumns(file);
  for (const value of list.values) columns.add({ [list.name]: value });
  return columns.finish().columns;
}

/** A data frame as pandas writes it without being told how: objects of values by row, in one object for each column. */
function frameOfObjects(
  members: ReadonlyMap<string, Member>,
  notes: ReadonlySet<string>,
  file: string,
): JsonContent | undefined {
  const outer = [...members.keys()];
  const objects = Array.from(members.values(), ({ value }) => value).filter(isJsonObject);
  if (objects.length === 0 || objects.length < members.size) return undefined;
  const [first] = objects;
  const inner = Object.keys(first);
  const isFrame = objects.every((object) => {
    const keys = Object.keys(object);
    return keys.length === inner.length && keys.every((key) => Object.hasOwn(first, key));
  });
  // Rows are called by their numbers; names of columns are no numbers.
  const areRows = (keys: readonly string[]): boolean => keys.every((key) => /^\d+$/.test(key));
  if (!isFrame || inner.length === 0 || areRows(inner) === areRows(outer)) return undefined;
  if (areRows(outer)) return rowsContent(objects, notes, file);
  const lists = outer.map((name, i) => ({ name, values: inner.map((key) => objects[i][key]) }));
  return columnsTable(lists, notes, file);
}

/**
 * The features of a GeoJSON collection.
 *
 * @throws {FormatError} for a single feature, and TopoJSON, whose shapes share lines
 */
function mapContent(
  members: ReadonlyMap<string, Member>,
  notes: ReadonlySet<string>,
  file: string,
): JsonContent | undefined {
  const type = members.get('type')?.value;
  const features =
    type === 'FeatureCollection' ? featureRows(members.get('features')?.list ?? []) : undefined;
  if (features !== undefined) return rowsContent(features.rows, new Set([...notes, features.note]), file);
  if (type !== 'Topology' && type !== 'Feature') return undefined;
  const name = type === 'Topology' ? 'TopoJSON' : 'one feature of GeoJSON';
  throw new FormatError(
    { file },
    `this is ${name}, not a table. Save it as a GeoJSON collection of features, as CSV, or as a list of objects.`,
  );
}

function rejectObject(members: ReadonlyMap<string, Member>, file: string): never {
  const names = Array.from(members.keys(), (name) => `"${shortened(name)}"`);
  const listed = `${names.slice(0, MAX_LISTED).join(', ')}${names.length > MAX_LISTED ? ', ...' : ''}`;
  const found = names.length === 0 ? 'an empty object' : `one object with the keys ${listed}`;
  throw new FormatError({ file }, `this is ${found}, not a table. ${ADVICE}`);
}

function keyAt(bytes: Uint8Array, at: number, file: string): string {
  if (String.fromCharCode(bytes[at]) !== '"') throw broken(file, at);
  const key = parseJson(bytes.subarray(at, endOfString(bytes, at)), file);
  if (typeof key !== 'string') throw broken(file, at);
  return key;
}

function afterColon(bytes: Uint8Array, key: number, file: string): number {
  const at = skipBlanks(bytes, endOfString(bytes, key));
  if (String.fromCharCode(bytes[at] ?? 0) !== ':') throw broken(file, at);
  return at + 1;
}

function broken(file: string, at: number): FormatError {
  return new FormatError(
    { file },
    `not valid JSON at byte ${at + 1}: the file is damaged or cut short. ${ADVICE}`,
  );
}
