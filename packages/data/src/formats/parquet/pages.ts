import type { ColumnMetaData } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { checkThrift } from './check-thrift.ts';
import { mostUnpacked, unpack } from './codecs.ts';
import { decodeValues, type PageValues } from './encodings.ts';
import { readHybrid } from './hybrid.ts';
import type { Values } from '../columnar/number-type.ts';
import { readPlain } from './plain.ts';
import type { Leaf } from './leaves.ts';

/** A part of a column. */
export interface Page extends PageValues {
  /** Number of levels; where there are no lists, of rows. */
  readonly count: number;
  /** How much of the path to each value is there: `maxDefinition` for a value. Undefined when all are there. */
  readonly definitions: Uint8Array | undefined;
  /** In which list each value goes on, 0 for a new row. Undefined without lists. */
  readonly repetitions: Uint8Array | undefined;
}

type PageHeader = ReturnType<typeof parquetHeader>;

/**
 * The pages of a chunk of a column.
 *
 * @param bytes of the chunk
 * @throws {Error} when they are damaged
 */
export function* pagesOf(bytes: Uint8Array, meta: ColumnMetaData, leaf: Leaf): Generator<Page, void> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let left = Number(meta.num_values);
  let dictionary: Values | undefined;
  for (let at = 0; left > 0;) {
    const reader = { view, offset: at };
    const start = checkThrift(bytes, at);
    const header = parquetHeader(reader);
    const size = header.compressed_page_size;
    if (!(size >= 0) || start + size > bytes.length) throw new Error('a page is cut short');
    const packed = bytes.subarray(start, start + size);
    at = start + size;
    if (header.type === 'DICTIONARY_PAGE') {
      dictionary = dictionaryOf(packed, header, meta, leaf);
      continue;
    }
    if (header.type === 'INDEX_PAGE') continue;
    const count = header.data_page_header?.num_values ?? header.data_page_header_v2?.num_values ?? NaN;
    if (!(count >= 0 && count <= left)) throw new Error('its pages hold more values than the file says');
    left -= count;
    if (count === 0) continue;
    yield header.data_page_header_v2 === undefined
      ? pageOf(packed, header, meta, leaf, dictionary)
      : pageOf2(packed, header, meta, leaf, dictionary);
  }
}

function dictionaryOf(packed: Uint8Array, header: PageHeader, meta: ColumnMetaData, leaf: Leaf): Values {
  const count = header.dictionary_page_header?.num_values ?? NaN;
  const page = unpack(packed, meta.codec, header.uncompressed_page_size);
  // Even a boolean takes a bit, and a text four bytes.
  if (!(count >= 0 && count <= page.length * 8)) throw new Error('a dictionary is cut short');
  return readPlain(page, meta.type, count, leaf.element.type_length);
}

/** Levels and values are packed together, and each kind of level has its length before it. */
function pageOf(
  packed: Uint8Array,
  header: PageHeader,
  meta: ColumnMetaData,
  leaf: Leaf,
  dictionary: Values | undefined,
): Page {
  const { num_values: count = 0, encoding } = header.data_page_header ?? {};
  const bytes = unpack(packed, meta.codec, header.uncompressed_page_size);
  let at = 0;
  const levels = (max: number): Uint8Array | undefined => {
    if (max === 0) return undefined;
    if (at + 4 > bytes.length) throw new Error('a page is cut short');
    const start = at + 4;
    at = start + new DataView(bytes.buffer, bytes.byteOffset + at, 4).getUint32(0, true);
    return readLevels(bytes.subarray(start, at), max, count);
  };
  const repetitions = levels(leaf.maxRepetition);
  const definitions = levels(leaf.maxDefinition);
  return joined(
    bytes.subarray(at),
    { count, repetitions, definitions, encoding, packed },
    meta,
    leaf,
    dictionary,
  );
}

/** Only the values are packed. */
function pageOf2(
  packed: Uint8Array,
  header: PageHeader,
  meta: ColumnMetaData,
  leaf: Leaf,
  dictionary: Values | undefined,
): Page {
  const page = header.data_page_header_v2;
  if (page === undefined) throw new Error('a page has no header');
  const { num_values: count, encoding } = page;
  const repetitionsEnd = page.repetition_levels_byte_length;
  const start = repetitionsEnd + page.definition_levels_byte_length;
  if (!(repetitionsEnd >= 0 && start >= repetitionsEnd && start <= packed.length)) {
    throw new Error('a page is cut short');
  }
  const levels = (from: number, to: number, max: number): Uint8Array | undefined =>
    max === 0 ? undefined : readLevels(packed.subarray(from, to), max, count);
  const repetitions = levels(0, repetitionsEnd, leaf.maxRepetition);
  const definitions = levels(repetitionsEnd, start, leaf.maxDefinition);
  const codec = page.is_compressed === false ? 'UNCOMPRESSED' : meta.codec;
  const values = packed.subarray(start);
  const bytes = unpack(values, codec, header.uncompressed_page_size - start);
  return joined(bytes, { count, repetitions, definitions, encoding, packed }, meta, leaf, dictionary);
}

function readLevels(bytes: Uint8Array, max: number, count: number): Uint8Array {
  const levels = new Uint8Array(count);
  readHybrid(bytes, 32 - Math.clz32(max), levels);
  return levels;
}

interface Levels {
  readonly count: number;
  readonly repetitions: Uint8Array | undefined;
  readonly definitions: Uint8Array | undefined;
  readonly encoding: Parameters<typeof decodeValues>[1]['encoding'] | undefined;
  readonly packed: Uint8Array;
}

function joined(
  bytes: Uint8Array,
  { count, repetitions, definitions, encoding, packed }: Levels,
  { type }: ColumnMetaData,
  { element, maxDefinition }: Leaf,
  dictionary: Values | undefined,
): Page {
  let present = count;
  if (definitions !== undefined) {
    for (const level of definitions) {
      if (level > maxDefinition) throw new Error('a level is higher than its column allows');
      if (level < maxDefinition) present--;
    }
  }
  const values =
    present === 0
      ? { values: new Uint8Array() }
      : decodeValues(bytes, {
          encoding: encoding ?? 'PLAIN',
          type,
          typeLength: element.type_length,
          count: present,
          dictionary,
          maxBytes: mostUnpacked(packed.length),
        });
  return { count, repetitions, definitions: present === count ? undefined : definitions, ...values };
}
