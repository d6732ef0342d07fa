import { Type } from '@uwdata/flechette';
import { matrix } from '@shoal/core';
import { columnOf, type BytesColumn, type Column, type VectorColumn } from '@shoal/tables';
import { jsonOf } from '../columnar/json-of.ts';
import { largeIntegersNote } from '../columnar/notes.ts';
import { NumberBuilder } from '../columnar/number-builder.ts';
import type { NumberType } from '../columnar/number-type.ts';
import { TextBuilder } from '../columnar/text-builder.ts';
import { isDictionary, isThere, type ArrowBatch, type ArrowType } from './batch.ts';
import { numbersOf, numberTypeOf } from './number-types.ts';

/** A column of an Arrow file, or of a structure in it. */
export interface ArrowColumn {
  readonly name: string;
  readonly type: ArrowType;
  readonly rows: number;
  readonly parts: readonly Part[];
}

/** The rows of a column in one batch. */
interface Part {
  readonly batch: ArrowBatch;
  /** Whether all structures around a row's value are there; undefined when there are none that lack any. */
  readonly isInside?: ((row: number) => boolean) | undefined;
}

/**
 * The columns of a table that one column of a file gives; structures become columns called "outer.inner".
 *
 * @param notes gets what was taken for granted
 */
export function columnsOf(source: ArrowColumn, notes: string[]): readonly Column[] {
  const { name, type } = source;
  const numberType = numberTypeOf(type);
  if (numberType !== undefined) return [numberColumn(source, numberType, notes)];
  const { typeId } = type;
  if (typeId === Type.Struct) return structColumns(source, type.children, notes);
  if (TEXTS.includes(typeId)) return [textColumn(source, String)];
  if (typeId === Type.Dictionary) return [dictionaryColumn(source, type.dictionary)];
  if (BYTES.includes(typeId)) return [bytesColumn(source)];
  if (typeId === Type.Map) return [textColumn(source, jsonOf, 'json')];
  if (elementOf(type) !== type) return [vectorColumn(source) ?? textColumn(source, jsonOf, 'json')];
  return [columnOf(name, cells(source))];
}

const TEXTS: readonly number[] = [Type.Utf8, Type.LargeUtf8, Type.Utf8View];
const BYTES: readonly number[] = [Type.Binary, Type.LargeBinary, Type.BinaryView, Type.FixedSizeBinary];

interface Field {
  readonly name: string;
  readonly type: ArrowType;
}

function structColumns(source: ArrowColumn, fields: readonly Field[], notes: string[]): readonly Column[] {
  const isImage = isImageStruct(fields);
  return fields.flatMap(({ name, type }, i) => {
    const parts = source.parts.map((part) => childPart(part, i));
    const own = isImage && name === 'bytes' ? source.name : `${source.name}.${name}`;
    return columnsOf({ ...source, name: own, type, parts }, notes);
  });
}

/** An image with its name, as Hugging Face's data sets have it. */
function isImageStruct(fields: readonly Field[]): boolean {
  const names = fields.map(({ name }) => name).sort();
  const bytes = fields.find(({ name }) => name === 'bytes');
  return names.join() === 'bytes,path' && bytes?.type.typeId === Type.Binary;
}

function hasValue({ batch, isInside }: Part, row: number): boolean {
  return isThere(batch, row) && (isInside === undefined || isInside(row));
}

function childPart(part: Part, child: number): Part {
  const { batch } = part;
  const isWhole = batch.nullCount === 0 && part.isInside === undefined;
  return { batch: batch.children[child], isInside: isWhole ? undefined : (row) => hasValue(part, row) };
}

function numberColumn(source: ArrowColumn, type: NumberType, notes: string[]): Column {
  const { name, rows, parts } = source;
  const builder = new NumberBuilder(name, type, rows);
  for (const part of parts) {
    const { batch } = part;
    const hasMissing = batch.nullCount > 0 || part.isInside !== undefined;
    const indexOf = (row: number): number => (hasValue(part, row) ? row : -1);
    builder.add(numbersOf(batch, type), batch.length, {
      hasMissing,
      indexOf: hasMissing ? indexOf : undefined,
    });
  }
  const column = builder.column();
  if (column !== undefined) return column;
  notes.push(largeIntegersNote(name));
  return textColumn(source, String, type.stored);
}

function textColumn(
  { name, rows, parts }: ArrowColumn,
  text: (value: unknown) => string,
  stored?: string,
): Column {
  const builder = new TextBuilder(rows);
  for (const part of parts) {
    for (let row = 0; row < part.batch.length; row++) {
      if (hasValue(part, row)) builder.add(text(part.batch.value(row)));
      else builder.skip();
    }
  }
  return builder.column(name, stored);
}

/** Texts stay one per distinct value; values of other types are written out. */
function dictionaryColumn(source: ArrowColumn, ofValues: ArrowType): Column {
  const { name, rows, parts } = source;
  if (!TEXTS.includes(ofValues.typeId)) return columnOf(name, cells(source));
  const builder = new TextBuilder(rows);
  for (const part of parts) {
    const { batch } = part;
    if (!isDictionary(batch)) throw new Error('a batch lacks its dictionary');
    const { dictionary } = batch;
    const codes = Int32Array.from({ length: dictionary.length }, (_, i) => {
      const value = dictionary.at(i);
      return typeof value === 'string' ? builder.codeOf(value) : -1;
    });
    for (let row = 0; row < batch.length; row++) {
      if (!hasValue(part, row)) {
        builder.skip();
        continue;
      }
      const key = batch.key(row);
      if (!(key >= 0 && key < codes.length)) throw new Error('an index is beyond the end of its dictionary');
      builder.addCode(codes[key]);
    }
  }
  return builder.column(name, 'dictionary');
}

function bytesColumn(source: ArrowColumn): BytesColumn {
  const values = cells(source).map((value) => (value instanceof Uint8Array ? value : undefined));
  return { type: 'bytes', name: source.name, values };
}

/** Plain values, undefined where they are missing. */
function cells({ parts }: ArrowColumn): readonly unknown[] {
  return parts.flatMap((part) =>
    Array.from({ length: part.batch.length }, (_, row): unknown =>
      hasValue(part, row) ? part.batch.value(row) : undefined,
    ),
  );
}

/** Lists of numbers of one shape, also nested ones; undefined for others. An empty list is a missing vector. */
function vectorColumn(source: ArrowColumn): VectorColumn | undefined {
  const { name, type, rows } = source;
  const element = elementOf(type);
  const numberType = numberTypeOf(element);
  if (numberType?.type !== 'number' || element.typeId === Type.Decimal) return undefined;
  const lists = cells(source).map((list) => (isList(list) && list.length === 0 ? undefined : list));
  const first = lists.find((list) => list !== undefined);
  const shape = shapeOf(first);
  const width = shape.reduce((product, extent) => product * extent, 1);
  if (first === undefined || width === 0) return undefined;
  const isWhole = lists.every((list) => list !== undefined);
  const data = vectorData(numberType, rows * width, isWhole);
  for (const [row, list] of lists.entries()) {
    if (list === undefined) continue;
    if (!fill(data, row * width, list, shape)) return undefined;
  }
  return {
    type: 'vector',
    name,
    values: matrix(data, rows, width),
    stored: `list<${numberType.stored ?? ''}>`,
    ...(shape.length === 2 && { imageShape: [shape[0], shape[1]] as const }),
  };
}

function vectorData(
  { stored }: NumberType,
  length: number,
  isWhole: boolean,
): Float32Array | Float64Array | Uint8Array {
  if (stored === 'uint8' && isWhole) return new Uint8Array(length);
  const isNarrow = stored === 'float32' || stored === 'float16' || /^u?int(8|16)$/.test(stored ?? '');
  return (isNarrow ? new Float32Array(length) : new Float64Array(length)).fill(NaN);
}

/** What the lists of a type have in the end; the type itself when it is no list. */
function elementOf(type: ArrowType): ArrowType {
  const { typeId } = type;
  const isList =
    typeId === Type.List ||
    typeId === Type.LargeList ||
    typeId === Type.ListView ||
    typeId === Type.LargeListView ||
    typeId === Type.FixedSizeList;
  return isList ? elementOf(type.children[0].type) : type;
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
}

function shapeOf(list: unknown): readonly number[] {
  if (!isList(list)) return [];
  return [list.length, ...(list.length > 0 ? shapeOf(list[0]) : [])];
}

/** Whether a list has this shape, and its numbers fit. */
function fill(
  data: Float32Array | Float64Array | Uint8Array,
  start: number,
  list: unknown,
  [extent, ...inner]: readonly number[],
): boolean {
  if (!isList(list) || list.length !== extent) return false;
  const step = inner.reduce((product, count) => product * count, 1);
  for (let i = 0; i < extent; i++) {
    const value = list[i];
    if (inner.length > 0) {
      if (!fill(data, start + i * step, value, inner)) return false;
    } else if (value === null) {
      // Bytes have no room for a missing value.
      if (data instanceof Uint8Array) return false;
      data[start + i] = NaN;
    } else {
      const number = Number(value);
      if (typeof value === 'bigint' && !Number.isSafeInteger(number)) return false;
      data[start + i] = number;
    }
  }
  return true;
}
