import { matrix } from '@shoal/core';
import {
  codesOf,
  inUnit,
  isEmpty,
  MISSING_BOOLEAN,
  MISSING_CODE,
  NUMBER_ARRAYS,
  type Column,
  type ColumnType,
  type NumberValues,
  type Table,
} from '@shoal/tables';
import { FormatError } from './errors.ts';

/** The column of one type. */
type ColumnOfType<Type extends ColumnType> = Extract<Column, { readonly type: Type }>;

/**
 * The rows of several tables, one table after the other. Columns are matched by name, whatever their order; where names are
 * repeated or empty, by place. A column without any value fits every type; true and false become their words beside texts.
 *
 * @param tables at least one
 * @param name of the result
 * @throws {FormatError} when a table lacks a column, has a further one, or one of another type; it names the table and the column
 */
export function joinTables(tables: readonly Table[], name: string): Table {
  const [first] = tables;
  if (tables.length === 1) return { ...first, name };
  const matched = tables.map((table) => matchedColumns(table, first));
  const columns = first.columns.map((_, i) =>
    joinedColumn(
      matched.map((own) => own[i]),
      tables,
    ),
  );
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const isOneFormat = tables.every(({ format }) => format === first.format);
  const notes = new Set(tables.flatMap((table) => table.notes));
  return {
    name,
    rows,
    columns,
    format: isOneFormat ? first.format : undefined,
    notes: [`The rows of ${tables.length} files follow one another, in the order of their names.`, ...notes],
  };
}

function matchedColumns(table: Table, first: Table): readonly Column[] {
  const names = new Set(first.columns.map(({ name }) => name));
  const byPlace = names.size < first.columns.length;
  const found = first.columns.map(({ name }, i) =>
    byPlace ? table.columns.at(i) : table.columns.find((column) => column.name === name),
  );
  const lacking = first.columns.find(({ name }, i) => found[i]?.name !== name);
  if (lacking !== undefined) {
    throw new FormatError(
      { file: table.name },
      `the column "${lacking.name}" of "${first.name}" is missing. Files that are read together have the same columns.`,
    );
  }
  const further = table.columns.find((column) => !found.includes(column));
  if (further !== undefined) {
    throw new FormatError(
      { file: table.name },
      `the column "${further.name}" is not in "${first.name}". Files that are read together have the same columns.`,
    );
  }
  return found.filter((column) => column !== undefined);
}

function joinedColumn(parts: readonly Column[], tables: readonly Table[]): Column {
  const hasValues = parts.map((part, i) => !isEmpty(part, tables[i].rows));
  const haveTexts = parts.some((part, i) => hasValues[i] && part.type === 'text');
  if (haveTexts && parts.some(({ type }) => type === 'boolean')) {
    return joinedColumn(parts.map(wordsAsTexts), tables);
  }
  const typed = Math.max(0, hasValues.indexOf(true));
  const model = parts[typed];
  const filled = parts.map((part, i) => {
    if (part.type === model.type) return part;
    if (!hasValues[i]) return emptyColumn(model, tables[i].rows);
    throw new FormatError(
      { file: tables[i].name },
      `the column "${part.name}" is of type ${part.type}, but of type ${model.type} in "${tables[typed].name}".`,
    );
  });
  // A type that only some files have may not hold the values of the others.
  const isOneType = parts.every((part, i) => !hasValues[i] || part.stored === model.stored);
  const joined = concatenated(filled, model, tables);
  return isOneType ? joined : { ...joined, stored: undefined };
}

/** The words of true and false as texts: "F" alone is one of them, and beside "M" in another file it is not. */
function wordsAsTexts(column: Column): Column {
  return column.type === 'boolean' ? { type: 'text', name: column.name, ...codesOf(column) } : column;
}

/** A column of a type, with nothing in it. */
function emptyColumn(model: Column, rows: number): Column {
  if (model.type === 'vector') {
    const { columns } = model.values;
    return { ...model, values: matrix(new Float64Array(rows * columns).fill(NaN), rows, columns) };
  }
  const absent = new Array<undefined>(rows).fill(undefined);
  switch (model.type) {
    case 'number':
      return {
        ...model,
        values: new (model.values instanceof Float32Array ? Float32Array : Float64Array)(rows).fill(NaN),
      };
    case 'boolean':
      return { ...model, values: new Uint8Array(rows).fill(MISSING_BOOLEAN) };
    case 'date':
      return { ...model, values: new Float64Array(rows).fill(NaN) };
    case 'text':
      return { ...model, texts: [], codes: new Int32Array(rows).fill(MISSING_CODE) };
    case 'bytes':
      return { ...model, values: absent };
  }
}

function concatenated(parts: readonly Column[], model: Column, tables: readonly Table[]): Column {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  switch (model.type) {
    case 'number': {
      const own = ofType(parts, 'number');
      requireOneUnit(own, model, tables);
      return {
        ...model,
        values: joinedNumbers(
          own.map(({ values }) => values),
          rows,
        ),
        integers: own.every(({ integers }) => integers),
      };
    }
    case 'boolean':
      return {
        ...model,
        values: joinedInto(
          new Uint8Array(rows),
          ofType(parts, 'boolean').map(({ values }) => values),
        ),
      };
    case 'date': {
      const own = ofType(parts, 'date');
      const isSame = own.every(({ precision }) => precision === model.precision);
      return {
        ...model,
        values: joinedInto(
          new Float64Array(rows),
          own.map(({ values }) => values),
        ),
        precision: isSame ? model.precision : 'moment',
      };
    }
    case 'text':
      return joinedTexts(ofType(parts, 'text'), model, rows);
    case 'vector':
      return joinedVectors(ofType(parts, 'vector'), model, tables);
    case 'bytes':
      return { ...model, values: ofType(parts, 'bytes').flatMap(({ values }) => values) };
  }
}

/** @throws {FormatError} when files write the numbers of a column in different units */
function requireOneUnit(
  parts: readonly ColumnOfType<'number'>[],
  model: ColumnOfType<'number'>,
  tables: readonly Table[],
): void {
  const other = parts.findIndex(({ unit, values }) => unit !== model.unit && !values.every(Number.isNaN));
  if (other < 0) return;
  throw new FormatError(
    { file: tables[other].name },
    `the numbers of the column "${model.name}" are ${inUnit(parts[other].unit)}; those of other files are ${inUnit(model.unit)}. Write all in one unit.`,
  );
}

function ofType<Type extends ColumnType>(
  parts: readonly Column[],
  type: Type,
): readonly ColumnOfType<Type>[] {
  return parts.filter((part): part is ColumnOfType<Type> => part.type === type);
}

/** In the kind of array that all parts have, or else as float64, which holds them all. */
function joinedNumbers(parts: readonly NumberValues[], rows: number): NumberValues {
  const kind = NUMBER_ARRAYS.find((candidate) => parts.every((part) => part instanceof candidate));
  return joinedInto(new (kind ?? Float64Array)(rows), parts);
}

/** Fills an array with the values of others, one after the other. */
function joinedInto<Values extends { set: (values: ArrayLike<number>, at: number) => void }>(
  joined: Values,
  parts: readonly ArrayLike<number>[],
): Values {
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function joinedTexts(
  parts: readonly ColumnOfType<'text'>[],
  model: ColumnOfType<'text'>,
  rows: number,
): Column {
  const indices = new Map<string, number>();
  const codes = new Int32Array(rows);
  let at = 0;
  for (const { texts, codes: own } of parts) {
    const places = texts.map((text) => {
      const place = indices.get(text) ?? indices.size;
      indices.set(text, place);
      return place;
    });
    for (const code of own) codes[at++] = code === MISSING_CODE ? code : places[code];
  }
  return { ...model, texts: [...indices.keys()], codes };
}

function joinedVectors(
  parts: readonly ColumnOfType<'vector'>[],
  model: ColumnOfType<'vector'>,
  tables: readonly Table[],
): Column {
  const { columns, scale } = model.values;
  for (const [i, { values }] of parts.entries()) {
    if (values.columns === columns && values.scale === scale) continue;
    const [own, others] =
      values.columns === columns
        ? [`are stored with the factor ${values.scale}`, `with ${scale}`]
        : [`have ${values.columns} values`, `have ${columns}`];
    throw new FormatError(
      { file: tables[i].name },
      `the vectors of the column "${model.name}" ${own}; those of the files before it ${others}.`,
    );
  }
  const rows = parts.reduce((sum, { values }) => sum + values.rows, 0);
  const all = parts.map(({ values }) => values.data);
  const kind = [Uint8Array, Float32Array].find((candidate) => all.every((data) => data instanceof candidate));
  const joined = joinedInto(new (kind ?? Float64Array)(rows * columns), all);
  const shape = model.imageShape?.join();
  const isOneShape = parts.every(({ imageShape }) => imageShape?.join() === shape);
  return {
    ...model,
    values: matrix(joined, rows, columns, scale),
    imageShape: isOneShape ? model.imageShape : undefined,
  };
}
