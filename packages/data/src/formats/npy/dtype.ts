import { FormatError } from '../../errors.ts';
import { elementCount, type ByteOrder, type ElementType } from '../elements.ts';
import { shortened } from '../shortened.ts';
import type { PythonValue } from './python-literal.ts';

/** NumPy's units of a time, in milliseconds; months and years are counted in months. */
export type DateUnit = { readonly milliseconds: number } | { readonly months: number };

/** What one element of an array is. */
type ScalarType = {
  /** Bytes of an element. */
  readonly size: number;
  readonly byteOrder: ByteOrder;
} & (
  | { readonly kind: 'number'; readonly type: ElementType }
  | { readonly kind: 'bytes' | 'unicode' }
  | { readonly kind: 'date'; readonly unit: DateUnit; readonly isDay: boolean }
  /** Objects of Python, packed in a way that only Python can read. */
  | { readonly kind: 'objects' }
  /** A type that is stepped over. */
  | { readonly kind: 'other'; readonly descr: string }
);

/** What a field or an array that can be read holds. */
export type ValueType = Exclude<ScalarType, { readonly kind: 'objects' }>;

/** One field of a structured array. */
interface Field {
  readonly name: string;
  /** Where it starts in a record. */
  readonly offset: number;
  readonly type: ValueType;
  /** Extents when the field is itself an array; empty when it is one value. */
  readonly shape: readonly number[];
}

/** What a structured array's records are. */
export interface RecordType {
  readonly kind: 'record';
  /** Bytes of a record. */
  readonly size: number;
  readonly fields: readonly Field[];
}

export type DType = ScalarType | RecordType;

const NUMBERS: Readonly<Record<string, ElementType>> = {
  b1: 'bool',
  u1: 'u8',
  i1: 'i8',
  u2: 'u16',
  i2: 'i16',
  u4: 'u32',
  i4: 'i32',
  u8: 'u64',
  i8: 'i64',
  f2: 'f16',
  f4: 'f32',
  f8: 'f64',
};

const DAY = 86_400_000;
const UNITS: Readonly<Record<string, DateUnit>> = {
  Y: { months: 12 },
  M: { months: 1 },
  W: { milliseconds: 7 * DAY },
  D: { milliseconds: DAY },
  h: { milliseconds: 3_600_000 },
  m: { milliseconds: 60_000 },
  s: { milliseconds: 1000 },
  ms: { milliseconds: 1 },
  us: { milliseconds: 1e-3 },
  ns: { milliseconds: 1e-6 },
};
const UNITS_OF_DAYS: readonly string[] = ['Y', 'M', 'W', 'D'];

/** Types as they are named in messages. */
export const READABLE_TYPES = `${Object.keys(NUMBERS).join(', ')}, texts (S, U) and dates (M8)`;

/**
 * The type that `descr` of an NPY header means: '<f4', or a list of fields.
 *
 * @throws {FormatError} when it has another form, or a field holds Python objects
 */
export function dtypeOf(descr: PythonValue | undefined, file: string): DType {
  if (typeof descr === 'string') return scalarType(descr, file);
  if (!Array.isArray(descr) || descr.length === 0) throw unreadable(descr, file);
  const fields: Field[] = [];
  const size = addFields(descr as readonly PythonValue[], '', 0, fields, file);
  return { kind: 'record', size, fields };
}

function scalarType(descr: string, file: string): ScalarType {
  const [, order, letter = '', digits, unit = ''] =
    /^([<>|=]?)([a-zA-Z?])(\d*)(?:\[(\w+)\])?$/.exec(descr) ?? [];
  // NumPy writes `?` as `b1`; others write it as it is.
  const count = letter === '?' ? 1 : Number(digits);
  const size = letter === 'U' ? 4 * count : count;
  if (letter === '' || !Number.isSafeInteger(size)) throw unreadable(descr, file);
  const common = { size, byteOrder: order === '>' ? 'big' : 'little' } as const;
  const code = letter === '?' ? 'b1' : `${letter}${count}`;
  if (Object.hasOwn(NUMBERS, code)) return { ...common, kind: 'number', type: NUMBERS[code] };
  if (letter === 'O') return { ...common, kind: 'objects' };
  if (letter === 'S' || letter === 'a') return { ...common, kind: 'bytes' };
  if (letter === 'U') return { ...common, kind: 'unicode' };
  if (letter === 'M' && count === 8) {
    const [, step, name = ''] = /^(\d*)([A-Za-z]+)$/.exec(unit) ?? [];
    if (Object.hasOwn(UNITS, name)) {
      return {
        ...common,
        kind: 'date',
        unit: times(UNITS[name], Number(step || 1)),
        isDay: UNITS_OF_DAYS.includes(name),
      };
    }
  }
  return { ...common, kind: 'other', descr };
}

/** A unit of several: 10 ms. */
function times(unit: DateUnit, count: number): DateUnit {
  return 'months' in unit ? { months: unit.months * count } : { milliseconds: unit.milliseconds * count };
}

/**
 * Adds the fields of a record, and of records inside it, which are called "outer.inner".
 *
 * @returns where the record ends
 */
function addFields(
  descr: readonly PythonValue[],
  prefix: string,
  start: number,
  fields: Field[],
  file: string,
): number {
  let offset = start;
  for (const entry of descr) {
    if (!Array.isArray(entry)) throw unreadable(entry, file);
    const [title, type, extents] = entry as readonly (PythonValue | undefined)[];
    // A field with a title is called by its second name.
    const own: unknown = Array.isArray(title) ? title[1] : title;
    if (typeof own !== 'string') throw unreadable(entry, file);
    const name = `${prefix}${own}`;
    const shape = shapeOf(extents ?? [], file);
    if (Array.isArray(type)) {
      if (shape.length > 0) {
        throw new FormatError(
          { file },
          `the field "${shortened(name)}" is an array of records, which is not read. Give each of its fields a column of its own.`,
        );
      }
      offset = addFields(type as readonly PythonValue[], `${name}.`, offset, fields, file);
      continue;
    }
    if (typeof type !== 'string') throw unreadable(entry, file);
    const scalar = scalarType(type, file);
    if (scalar.kind === 'objects') throw objectsError(file);
    // Bytes between fields have no name.
    if (own !== '') fields.push({ name, offset, type: scalar, shape });
    offset += scalar.size * elementCount(shape);
  }
  return offset;
}

/**
 * The extents of an array.
 *
 * @throws {FormatError} when one is not a whole number of at least 0
 */
export function shapeOf(value: PythonValue | undefined, file: string): readonly number[] {
  const extents: readonly unknown[] =
    typeof value === 'number' ? [value] : Array.isArray(value) ? value : [NaN];
  const shape = extents.filter((extent) => typeof extent === 'number');
  if (
    shape.length === extents.length &&
    shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0)
  ) {
    return shape;
  }
  throw unreadable(value, file);
}

/** The error for an array of Python objects. */
export function objectsError(file: string): FormatError {
  return new FormatError(
    { file },
    "the array holds Python objects, which only Python can read. Save it with one type: numpy's astype(float), or astype(str) for texts.",
  );
}

function unreadable(value: PythonValue | undefined, file: string): FormatError {
  const found = value === undefined ? 'nothing' : shortened(JSON.stringify(value));
  return new FormatError(
    { file },
    `the NPY header cannot be read: it has ${found} where a type or a shape should be. ${READABLE_TYPES} can be read.`,
  );
}
