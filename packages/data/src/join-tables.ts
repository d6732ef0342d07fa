import { matrix } from '@shoal/core';
import {
  columnOf,
  isEmpty,
  MISSING_BOOLEAN,
  MISSING_CODE,
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
 * repeated or empty, by place. A column without any value fits every type.
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
  const typed = parts.findIndex((part, i) => !isEmpty(part, tables[i].rows));
  const model = parts[Math.max(typed, 0)];
  const filled = parts.map((part, i) => {
    const { rows, name } = tables[i];
    if (part.type === model.type) return part;
    if (isEmpty(part, rows)) return emptyColumn(model, rows);
    throw new FormatError(
      { file: name },
      `the column "${part.name}" is of type ${part.type}, but of type ${model.type} in "${tables[Math.max(typed, 0)].name}".`,
    );
  });
  return concatenated(filled, model, tables);
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
      return columnOf(model.name, absent);
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
  switch (model.type) {
    case 'number': {
      const own = ofType(parts, 'number');
      return {
        ...model,
        values: joinedNumbers(own.map(({ values }) => values)),
        integers: own.every(({ integers }) => integers),
      };
    }
    case 'boolean':
      return {
        ...model,
        values: Uint8Array.from(ofType(parts, 'boolean').flatMap(({ values }) => Array.from(values))),
      };
    case 'date': {
      const own = ofType(parts, 'date');
      const isSame = own.every(({ precision }) => precision === model.precision);
      return {
        ...model,
        values: joinedFloats(own.map(({ values }) => values)),
        precision: isSame ? model.precision : 'moment',
      };
    }
    case 'text':
      return joinedTexts(ofType(parts, 'text'), model);
    case 'vector':
      return joinedVectors(ofType(parts, 'vector'), model, tables);
    case 'bytes':
      return { ...model, values: ofType(parts, 'bytes').flatMap(({ values }) => values) };
  }
}

function ofType<Type extends ColumnType>(
  parts: readonly Column[],
  type: Type,
): readonly ColumnOfType<Type>[] {
  return parts.filter((part): part is ColumnOfType<Type> => part.type === type);
}

/** Float64 unless all parts have one type of array. */
function joinedNumbers(parts: readonly NumberValues[]): NumberValues {
  return parts.every((part) => part instanceof Float32Array)
    ? Float32Array.from(joinedFloats(parts))
    : joinedFloats(parts);
}

function joinedFloats(parts: readonly NumberValues[]): Float64Array {
  const joined = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

function joinedTexts(parts: readonly ColumnOfType<'text'>[], model: ColumnOfType<'text'>): Column {
  const indices = new Map<string, number>();
  const codes = parts.flatMap(({ texts, codes: own }) => {
    const places = texts.map((text) => {
      const place = indices.get(text) ?? indices.size;
      indices.set(text, place);
      return place;
    });
    return Array.from(own, (code) => (code === MISSING_CODE ? code : places[code]));
  });
  return { ...model, texts: [...indices.keys()], codes: Int32Array.from(codes) };
}

function joinedVectors(
  parts: readonly ColumnOfType<'vector'>[],
  model: ColumnOfType<'vector'>,
  tables: readonly Table[],
): Column {
  const { columns, scale } = model.values;
  const other = parts.findIndex(({ values }) => values.columns !== columns || values.scale !== scale);
  if (other >= 0) {
    throw new FormatError(
      { file: tables[other].name },
      `the vectors of the column "${model.name}" have ${parts[other].values.columns} values; those of the other files have ${columns}.`,
    );
  }
  const rows = parts.reduce((sum, { values }) => sum + values.rows, 0);
  const all = parts.map(({ values }) => values.data);
  const length = rows * columns;
  const joined = all.every((data) => data instanceof Uint8Array)
    ? new Uint8Array(length)
    : all.every((data) => data instanceof Float32Array)
      ? new Float32Array(length)
      : new Float64Array(length);
  let at = 0;
  for (const data of all) {
    joined.set(data, at);
    at += data.length;
  }
  return { ...model, values: matrix(joined, rows, columns, scale) };
}
