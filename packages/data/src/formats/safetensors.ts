import { InvalidArgumentError, ShapeError, type JsonValue, type Tensor, type TensorData } from '@shoal/core';
import { FormatError } from '../errors.ts';
import { bytesOf, decodeElements, elementCount, ELEMENTS, type ElementType } from './elements.ts';
import type { FileFormat, PartsRequest } from './format.ts';
import { packedRows, type RowRanges } from './row-ranges.ts';
import { isJsonObject, parseJson } from './json.ts';
import { shortened, shortJson } from './shortened.ts';

/** Tensors by name, with the file's optional free-form metadata. */
export interface SafetensorsFile {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const TYPE_OF_DTYPE: Readonly<Record<string, ElementType>> = {
  F16: 'f16',
  BF16: 'bf16',
  F32: 'f32',
  F64: 'f64',
  I8: 'i8',
  I16: 'i16',
  I32: 'i32',
  I64: 'i64',
  U8: 'u8',
  U16: 'u16',
  U32: 'u32',
  U64: 'u64',
  BOOL: 'bool',
};

const BRACE = '{'.charCodeAt(0);

/** The key of the header that is no tensor. */
const METADATA = '__metadata__';

/** Greatest number of tensors that an error lists. */
const MAX_LISTED = 12;

/** Greatest number of bytes of a header: a hundred thousand tensors, and parsing still takes little memory. */
const MAX_HEADER_BYTES = 10_000_000;

export const safetensorsFormat = {
  name: 'safetensors',
  title: 'safetensors',
  extensions: ['safetensors'],
  sniff: isSafetensors,
  options: ['tensor'],
  announcedBytes: safetensorsBytes,
  read: async ({ bytes, file, options }) => readTensor(bytes, options.tensor, file),
  openRows,
} as const satisfies FileFormat;

/** Whether the bytes start with a length below 4 GiB, in 64 bits, and an object of JSON. */
function isSafetensors(bytes: Uint8Array): boolean {
  const [a, b, c, d, e, f, g, h, first] = bytes;
  return (e | f | g | h) === 0 && (a | b | c | d) !== 0 && first === BRACE;
}

/**
 * Reads a safetensors file (Hugging Face's format description): an 8-byte little-endian header length, a JSON
 * header, then the tensors' bytes without gaps. Types F16 to F64, BF16, I8 to I64, U8 to U64 and BOOL.
 *
 * @param file name for errors
 * @throws {FormatError} on a malformed header, another type, or offsets that overlap, leave gaps or leave the file
 */
export function readSafetensors(bytes: Uint8Array, file = 'safetensors data'): SafetensorsFile {
  const { entries, metadata, start } = parseFile(bytes, file);
  const body = bytes.subarray(start);
  const tensors = Array.from(
    entries,
    ([name, entry]) => [name, decodeTensor(name, entry, body, file)] as const,
  );
  return { tensors: Object.fromEntries(tensors), metadata };
}

/** One tensor of a safetensors file; the others may be of any type. */
function readTensor(bytes: Uint8Array, wanted: string | undefined, file: string): Tensor {
  const { entries, start } = parseFile(bytes, file);
  const [name, entry] = entryOf(entries, wanted, file);
  return decodeTensor(name, entry, bytes.subarray(start), file);
}

async function openRows({ parts, file, options, signal }: PartsRequest): Promise<RowRanges> {
  const { byteLength } = parts;
  const first = await parts.read(0, Math.min(8, byteLength), signal);
  const whole = first.length < 8 ? first.length : Math.min(byteLength, 8 + headerLength(first, file));
  const { entries, start } = parseFile(await parts.read(0, whole, signal), file, byteLength);
  const [name, { dtype, shape, begin }] = entryOf(entries, options.tensor, file);
  const type = requireType(name, dtype, file);
  return packedRows(parts, { type, byteOrder: 'little', shape, start: start + begin }, file);
}

/** @throws {FormatError} when it has no such tensor, or has several and none is wanted */
function entryOf(
  entries: ReadonlyMap<string, Entry>,
  wanted: string | undefined,
  file: string,
): readonly [string, Entry] {
  const names = [...entries.keys()];
  const name = wanted ?? (names.length === 1 ? names[0] : undefined);
  const entry = name === undefined ? undefined : entries.get(name);
  if (name !== undefined && entry !== undefined) return [name, entry];
  const known = Array.from(entries, ([other, { shape }]) => `"${shortened(other)}" (${shape.join(', ')})`);
  const more = known.length > MAX_LISTED ? ` and ${known.length - MAX_LISTED} more` : '';
  throw new FormatError(
    { file },
    `set the tensor option to the tensor that holds the points: ${known.slice(0, MAX_LISTED).join(', ') || 'the file has no tensors'}${more}.`,
  );
}

interface ParsedFile {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly metadata: Readonly<Record<string, string>>;
  /** Where the header ends, and the tensors begin. */
  readonly start: number;
}

/**
 * @param bytes the file, or at least its header
 * @param byteLength of the whole file
 */
function parseFile(bytes: Uint8Array, file: string, byteLength = bytes.length): ParsedFile {
  const { header, start } = parseHeader(bytes, file);
  const length = byteLength - start;
  const entries = new Map<string, Entry>();
  let metadata: Readonly<Record<string, string>> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === METADATA) metadata = checkedMetadata(value, file);
    else entries.set(name, checkedEntry(name, value, file));
  }
  for (const [name, { end }] of entries) {
    if (end <= length) continue;
    throw new FormatError(
      { file },
      `tensor "${shortened(name)}" ends at byte ${end} of the data, which has only ${length}. The file is cut short.`,
    );
  }
  checkContiguous(entries, length, file);
  return { entries, metadata, start };
}

/** @throws {FormatError} when its type is not read, or a value of 64 bits is beyond 2^53 - 1 */
function decodeTensor(
  name: string,
  { dtype, shape, begin, end }: Entry,
  body: Uint8Array,
  file: string,
): Tensor {
  const type = requireType(name, dtype, file);
  return { data: decodeElements(body.subarray(begin, end), type, 'little', file), shape };
}

/** @throws {FormatError} when the type is not read */
function requireType(name: string, dtype: JsonValue, file: string): ElementType {
  const type = typeOf(dtype);
  if (type !== undefined) return type;
  throw new FormatError(
    { file },
    `tensor "${shortened(name)}" has type ${shortJson(dtype)}; ${Object.keys(TYPE_OF_DTYPE).join(', ')} can be read.`,
  );
}

/**
 * Writes a safetensors file. Tensors are laid out by descending element size and then name, as the reference
 * implementation does, so that every tensor is aligned and the same tensors give the same bytes.
 *
 * @throws {ShapeError} when a tensor's shape and number of elements disagree
 * @throws {InvalidArgumentError} when a tensor is called `__metadata__`
 */
export function writeSafetensors(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array {
  const pieces = safetensorsPieces(tensors, metadata);
  const out = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    out.set(piece, at);
    at += piece.length;
  }
  return out;
}

/**
 * The same as pieces that follow one another, without a copy of the tensors: the header, then the bytes of each tensor.
 *
 * @throws like `writeSafetensors`
 */
export function safetensorsPieces(
  tensors: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): readonly Uint8Array[] {
  const entries = Object.entries(tensors).sort(
    ([nameA, a], [nameB, b]) =>
      b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT || (nameA < nameB ? -1 : 1),
  );
  const header = new Map<string, unknown>();
  if (Object.keys(metadata).length > 0) header.set(METADATA, metadata);
  let length = 0;
  for (const [name, { data, shape }] of entries) {
    if (name === METADATA) {
      throw new InvalidArgumentError(
        `A tensor cannot be called "${METADATA}"; safetensors reserves the name.`,
      );
    }
    if (elementCount(shape) !== data.length) {
      throw new ShapeError(
        `Tensor "${name}" of shape ${shape.join(' x ')} needs ${elementCount(shape)} values; got ${data.length}.`,
      );
    }
    header.set(name, { dtype: dtypeOf(data), shape, data_offsets: [length, (length += data.byteLength)] });
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const headerLength = Math.ceil(json.length / 8) * 8;
  const head = new Uint8Array(8 + headerLength).fill(0x20, 8);
  new DataView(head.buffer).setBigUint64(0, BigInt(headerLength), true);
  head.set(json, 8);
  return [head, ...entries.map(([, { data }]) => bytesOf(data))];
}

function parseHeader(
  bytes: Uint8Array,
  file: string,
): { header: Readonly<Record<string, JsonValue>>; start: number } {
  if (bytes.length < 8) {
    throw new FormatError({ file }, `not a safetensors file: it has only ${bytes.length} bytes.`);
  }
  const start = 8 + headerLength(bytes, file);
  if (start > bytes.length) {
    throw new FormatError(
      { file },
      `the safetensors header announces ${start - 8} bytes, but the file has ${bytes.length}. It is cut short.`,
    );
  }
  const header = parseJson(bytes.subarray(8, start), file, 'the safetensors header');
  if (!isJsonObject(header)) throw new FormatError({ file }, 'the safetensors header is not a JSON object.');
  return { header, start };
}

/** @throws {FormatError} when it is longer than the limit */
function headerLength(bytes: Uint8Array, file: string): number {
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length <= BigInt(MAX_HEADER_BYTES)) return Number(length);
  throw new FormatError(
    { file },
    `the safetensors header announces ${length} bytes, but at most ${MAX_HEADER_BYTES} are read. The file is damaged, or not of this format.`,
  );
}

/**
 * How many bytes a whole safetensors file has, from its first bytes; undefined when the header is not complete.
 *
 * @throws {FormatError} when it is not a safetensors file
 */
function safetensorsBytes(head: Uint8Array, file: string): number | undefined {
  if (head.length >= 8 && 8 + headerLength(head, file) > head.length) return undefined;
  const { header, start } = parseHeader(head, file);
  let end = 0;
  for (const [name, value] of Object.entries(header)) {
    if (name !== METADATA) end = Math.max(end, checkedEntry(name, value, file).end);
  }
  return start + end;
}

/** A tensor as the header describes it. */
interface Entry {
  readonly dtype: JsonValue;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function checkedEntry(name: string, value: JsonValue, file: string): Entry {
  if (
    !isJsonObject(value) ||
    !('dtype' in value) ||
    !isSizes(value['shape']) ||
    !isSizes(value['data_offsets'])
  ) {
    throw new FormatError(
      { file },
      `tensor "${shortened(name)}" lacks a valid dtype, shape or data_offsets.`,
    );
  }
  const { dtype, shape, data_offsets: offsets } = value;
  const [begin = 0, end = 0] = offsets;
  const type = typeOf(dtype);
  // The length of a type that is not known cannot be checked.
  const size = type === undefined ? Math.max(end - begin, 0) : elementCount(shape) * ELEMENTS[type].size;
  if (offsets.length !== 2 || end - begin !== size) {
    throw new FormatError(
      { file },
      `tensor "${shortened(name)}" of shape ${shortJson(shape)} takes ${size} bytes, but its data_offsets are ${shortJson(offsets)}.`,
    );
  }
  return { dtype, shape, begin, end };
}

function typeOf(dtype: JsonValue): ElementType | undefined {
  return typeof dtype === 'string' && Object.hasOwn(TYPE_OF_DTYPE, dtype) ? TYPE_OF_DTYPE[dtype] : undefined;
}

function checkedMetadata(value: JsonValue, file: string): Readonly<Record<string, string>> {
  if (!isJsonObject(value) || !Object.values(value).every((text) => typeof text === 'string')) {
    throw new FormatError({ file }, 'the safetensors __metadata__ must map names to texts.');
  }
  return value as Record<string, string>;
}

function checkContiguous(entries: ReadonlyMap<string, Entry>, length: number, file: string): void {
  const ranges = Array.from(entries, ([name, { begin, end }]) => [begin, end, name] as const);
  ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let at = 0;
  for (const [begin, end, name] of ranges) {
    if (begin !== at) {
      throw new FormatError(
        { file },
        `tensor "${shortened(name)}" begins at byte ${begin} of the data, but the one before it ends at ${at}.`,
      );
    }
    at = end;
  }
  if (at !== length) {
    throw new FormatError({ file }, `the tensors end at byte ${at} of the data, which has ${length}.`);
  }
}

function isSizes(value: JsonValue | undefined): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function dtypeOf(data: TensorData): string {
  if (data instanceof Float32Array) return 'F32';
  if (data instanceof Float64Array) return 'F64';
  if (data instanceof Int32Array) return 'I32';
  if (data instanceof Uint32Array) return 'U32';
  return 'U8';
}
