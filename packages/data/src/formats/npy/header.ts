import { FormatError } from '../../errors.ts';
import { elementCount } from '../elements.ts';
import { shortened } from '../shortened.ts';
import { dtypeOf, shapeOf, type DType } from './dtype.ts';
import { parsePythonLiteral, type PythonValue } from './python-literal.ts';

/** "\x93NUMPY"; then come the version, the header's length, and the header, which is a dictionary of Python. */
export const NPY_MAGIC: readonly number[] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** Greatest number of bytes of a header: a structured array of some 100,000 fields. */
const MAX_HEADER_BYTES = 10_000_000;

export interface NpyHeader {
  readonly dtype: DType;
  readonly isColumnMajor: boolean;
  readonly shape: readonly number[];
  /** The offset of the first element. */
  readonly start: number;
  /** Length of the whole file; undefined when it holds Python objects. */
  readonly bytes: number | undefined;
}

/** Whether the bytes start like an NPY file. */
export function isNpy(bytes: Uint8Array): boolean {
  return NPY_MAGIC.every((byte, i) => bytes[i] === byte);
}

/**
 * Reads the header of an NPY file of any type and shape.
 *
 * @param bytes the file, or its first bytes
 * @throws {FormatError} when it is not one, or the header is malformed or cut short
 */
export function parseNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  const { start, end } = headerRange(bytes, file);
  if (end > bytes.length) {
    throw new FormatError({ file }, `the NPY header is cut short at ${bytes.length} bytes.`);
  }
  // Version 3 is there for names that Latin-1 does not have.
  const text = new TextDecoder(bytes[6] === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(start, end));
  const header = parsePythonLiteral(text, file);
  const entries = isDictionary(header) ? header : new Map<string, PythonValue>();
  const isColumnMajor = entries.get('fortran_order');
  const extents = entries.get('shape');
  if (typeof isColumnMajor !== 'boolean' || extents === undefined) {
    throw new FormatError({ file }, `the NPY header cannot be read: "${shortened(text.trim())}".`);
  }
  const dtype = dtypeOf(entries.get('descr'), file);
  const shape = shapeOf(extents, file);
  const length = dtype.kind === 'objects' ? undefined : end + elementCount(shape) * dtype.size;
  return { dtype, isColumnMajor, shape, start: end, bytes: length };
}

function isDictionary(value: PythonValue): value is ReadonlyMap<string, PythonValue> {
  return value instanceof Map;
}

/** Whether these bytes, the first of a file, have all of its header. */
export function hasWholeHeader(head: Uint8Array, file: string): boolean {
  return headerRange(head, file).end <= head.length;
}

function headerRange(bytes: Uint8Array, file: string): { readonly start: number; readonly end: number } {
  if (!isNpy(bytes)) {
    throw new FormatError({ file }, 'not an NPY file: it does not start with the bytes "\\x93NUMPY".');
  }
  const [version = 0] = bytes.subarray(6);
  if (version < 1 || version > 3) {
    throw new FormatError({ file }, `NPY version ${version} is unknown; versions 1 to 3 can be read.`);
  }
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) {
    throw new FormatError({ file }, `the NPY header is cut short at ${bytes.length} bytes.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = start === 10 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length <= MAX_HEADER_BYTES) return { start, end: start + length };
  throw new FormatError(
    { file },
    `the NPY header announces ${length} bytes, but at most ${MAX_HEADER_BYTES} are read. The file is damaged.`,
  );
}
