import { InvalidArgumentError, ShapeError, type JsonValue, type Tensor, type TensorData } from '@shoal/core';
import { FormatError } from '../errors.ts';
import { bytesOf, decodeElements, elementCount, ELEMENT_SIZE, type ElementType } from './elements.ts';
import type { FileFormat } from './format.ts';
import { isJsonObject, parseJson } from './json.ts';
import { shortened, shortJson } from './shortened.ts';

/** Tensors by name, with the file's optional free-form metadata. */
export interface SafetensorsFile {
  readonly tensors: Readonly<Record<string, Tensor>>;
  readonly metadata: Readonly<Record<string, string>>;
}

const TYPE_OF_DTYPE: Readonly<Record<string, ElementType>> = {
  F32: 'f32',
  F64: 'f64',
  U8: 'u8',
  U32: 'u32',
  I32: 'i32',
};

/** Greatest number of bytes of a header: a hundred thousand tensors, and parsing still takes little memory. */
const MAX_HEADER_BYTES = 10_000_000;

export const safetensorsFormat = {
  name: 'safetensors',
  title: 'safetensors',
  extensions: ['safetensors'],
  options: ['tensor'],
  announcedBytes: safetensorsBytes,
  read: async ({ bytes, file, options }) =>
    chosenTensor(readSafetensors(bytes, file).tensors, options.tensor, file),
} as const satisfies FileFormat;

/**
 * Reads a safetensors file (Hugging Face's format description): an 8-byte little-endian header length, a JSON
 * header, then the tensors' bytes without gaps. Types F32, F64, U8, U32 and I32.
 *
 * @param file name for errors
 * @throws {FormatError} on a malformed header, another type, or offsets that overlap, leave gaps or leave the file
 */
export function readSafetensors(bytes: Uint8Array, file = 'safetensors data'): SafetensorsFile {
  const { header, start } = parseHeader(bytes, file);
  const body = bytes.subarray(start);
  const tensors = new Map<string, Tensor>();
  const ranges: [begin: number, end: number, name: string][] = [];
  let metadata: Readonly<Record<string, string>> = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') {
      metadata = checkedMetadata(value, file);
      continue;
    }
    const { type, shape, begin, end } = checkedEntry(name, value, file);
    ranges.push([begin, end, name]);
    if (end > body.length) {
      throw new FormatError(
        { file },
        `tensor "${shortened(name)}" ends at byte ${end} of the data, which has only ${body.length}. The file is cut short.`,
      );
    }
    tensors.set(name, { data: decodeElements(body.subarray(begin, end), type, 'little', file), shape });
  }
  checkContiguous(ranges, body.length, file);
  return { tensors: Object.fromEntries(tensors), metadata };
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
  const entries = Object.entries(tensors).sort(
    ([nameA, a], [nameB, b]) =>
      b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT || (nameA < nameB ? -1 : 1),
  );
  const header = new Map<string, unknown>();
  if (Object.keys(metadata).length > 0) header.set('__metadata__', metadata);
  let length = 0;
  for (const [name, { data, shape }] of entries) {
    if (name === '__metadata__') {
      throw new InvalidArgumentError(
        'A tensor cannot be called "__metadata__"; safetensors reserves the name.',
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
  const out = new Uint8Array(8 + headerLength + length);
  new DataView(out.buffer).setBigUint64(0, BigInt(headerLength), true);
  out.fill(0x20, 8, 8 + headerLength).set(json, 8);
  let at = 8 + headerLength;
  for (const [, { data }] of entries) {
    out.set(bytesOf(data), at);
    at += data.byteLength;
  }
  return out;
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
    if (name !== '__metadata__') end = Math.max(end, checkedEntry(name, value, file).end);
  }
  return start + end;
}

function checkedEntry(
  name: string,
  value: JsonValue,
  file: string,
): { type: ElementType; shape: number[]; begin: number; end: number } {
  if (!isJsonObject(value) || !isSizes(value['shape']) || !isSizes(value['data_offsets'])) {
    throw new FormatError(
      { file },
      `tensor "${shortened(name)}" lacks a valid dtype, shape or data_offsets.`,
    );
  }
  const type = typeof value['dtype'] === 'string' ? TYPE_OF_DTYPE[value['dtype']] : undefined;
  if (!type) {
    throw new FormatError(
      { file },
      `tensor "${shortened(name)}" has ${!('dtype' in value) ? 'no type' : `type ${shortJson(value['dtype'])}`}; ` +
        `${Object.keys(TYPE_OF_DTYPE).join(', ')} can be read.`,
    );
  }
  const shape = value['shape'];
  const offsets = value['data_offsets'];
  const [begin = 0, end = 0] = offsets;
  const size = elementCount(shape) * ELEMENT_SIZE[type];
  if (offsets.length !== 2 || end - begin !== size) {
    throw new FormatError(
      { file },
      `tensor "${shortened(name)}" of shape ${shortJson(shape)} takes ${size} bytes, but its data_offsets are ${shortJson(offsets)}.`,
    );
  }
  return { type, shape, begin, end };
}

function checkedMetadata(value: JsonValue, file: string): Readonly<Record<string, string>> {
  if (!isJsonObject(value) || !Object.values(value).every((text) => typeof text === 'string')) {
    throw new FormatError({ file }, 'the safetensors __metadata__ must map names to texts.');
  }
  return value as Record<string, string>;
}

function checkContiguous(ranges: [number, number, string][], length: number, file: string): void {
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

function chosenTensor(
  tensors: Readonly<Record<string, Tensor>>,
  name: string | undefined,
  file: string,
): Tensor {
  const names = Object.keys(tensors);
  const chosen = name ?? (names.length === 1 ? names[0] : undefined);
  if (chosen === undefined || !Object.hasOwn(tensors, chosen)) {
    throw new FormatError(
      { file },
      `set the tensor option to the tensor that holds the points: ${names.map((known) => `"${known}"`).join(', ') || 'the file has no tensors'}.`,
    );
  }
  return tensors[chosen];
}
