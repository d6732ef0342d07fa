import type { Encoding, ParquetType } from 'hyparquet';
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { readHybrid } from './hybrid.ts';
import type { Values } from '../columnar/number-type.ts';
import { readPlain, readSplit } from './plain.ts';

/** The values of a page that are not missing. */
export interface PageValues {
  readonly values: Values;
  /** Where the page has indices instead: one per value, into `values`. */
  readonly codes?: Int32Array | undefined;
}

/** What the values of a page are read with. */
export interface Decoding {
  readonly encoding: Encoding;
  readonly type: ParquetType;
  readonly typeLength: number | undefined;
  /** Number of values. */
  readonly count: number;
  /** The values of the dictionary page before it. */
  readonly dictionary: Values | undefined;
  /** The most bytes that values may have in all when they are unpacked. */
  readonly maxBytes: number;
}

/** @throws {Error} when the bytes do not hold these values */
export function decodeValues(bytes: Uint8Array, decoding: Decoding): PageValues {
  const { encoding, type, count, typeLength, dictionary } = decoding;
  switch (encoding) {
    case 'PLAIN':
      return { values: readPlain(bytes, type, count, typeLength) };
    case 'PLAIN_DICTIONARY':
    case 'RLE_DICTIONARY':
      return byDictionary(bytes, count, dictionary);
    case 'RLE':
      return { values: runsOfBooleans(bytes, count) };
    case 'BYTE_STREAM_SPLIT':
      return { values: readSplit(bytes, type, count, typeLength) };
    case 'DELTA_BINARY_PACKED':
      return { values: unpackDeltas(readerOf(bytes), count, type === 'INT32') };
    case 'DELTA_LENGTH_BYTE_ARRAY':
      return { values: withoutPrefixes(bytes, count) };
    case 'DELTA_BYTE_ARRAY':
      return { values: withPrefixes(bytes, decoding) };
    case 'BIT_PACKED':
    case 'GROUP_VAR_INT':
      throw new Error(`the encoding ${encoding} is not known`);
  }
}

function byDictionary(bytes: Uint8Array, count: number, dictionary: Values | undefined): PageValues {
  if (dictionary === undefined) throw new Error('a page has indices into a dictionary that is missing');
  const codes = new Int32Array(count);
  if (count > 0) readHybrid(bytes.subarray(1), bytes[0], codes);
  for (const code of codes) {
    if (code < 0 || code >= dictionary.length)
      throw new Error('an index is beyond the end of its dictionary');
  }
  return { values: dictionary, codes };
}

/** Runs with their length in bytes before them. */
function runsOfBooleans(bytes: Uint8Array, count: number): Uint8Array {
  const values = new Uint8Array(count);
  readHybrid(bytes.subarray(4), 1, values);
  return values;
}

interface Reader {
  readonly view: DataView;
  offset: number;
}

function readerOf(bytes: Uint8Array): Reader {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
}

function unpackDeltas(reader: Reader, count: number, narrow: true): Int32Array;
function unpackDeltas(reader: Reader, count: number, narrow: boolean): Int32Array | BigInt64Array;
function unpackDeltas(reader: Reader, count: number, narrow: boolean): Int32Array | BigInt64Array {
  const values = narrow ? new Int32Array(count) : new BigInt64Array(count);
  if (count > 0) deltaBinaryUnpack(reader, count, values);
  return values;
}

function withoutPrefixes(bytes: Uint8Array, count: number): readonly Uint8Array[] {
  const reader = readerOf(bytes);
  const lengths = unpackDeltas(reader, count, true);
  return Array.from(lengths, (length) => taken(bytes, reader, length));
}

/** Each value starts with a part of the one before it. */
function withPrefixes(bytes: Uint8Array, { count, maxBytes }: Decoding): readonly Uint8Array[] {
  const reader = readerOf(bytes);
  const prefixes = unpackDeltas(reader, count, true);
  const suffixes = unpackDeltas(reader, count, true);
  const values = new Array<Uint8Array>(count);
  let previous = new Uint8Array();
  let total = 0;
  for (let i = 0; i < count; i++) {
    const suffix = taken(bytes, reader, suffixes[i]);
    const prefix = prefixes[i];
    if (prefix < 0 || prefix > previous.length)
      throw new Error('a text repeats more than the one before it has');
    total += prefix + suffix.length;
    if (total > maxBytes) throw new Error('its texts are far longer than its bytes');
    const value = new Uint8Array(prefix + suffix.length);
    value.set(previous.subarray(0, prefix));
    value.set(suffix, prefix);
    values[i] = previous = value;
  }
  return values;
}

function taken(bytes: Uint8Array, reader: Reader, length: number): Uint8Array {
  const end = reader.offset + length;
  if (length < 0 || end > bytes.length) throw new Error('a page is cut short');
  const value = bytes.subarray(reader.offset, end);
  reader.offset = end;
  return value;
}
