import type { Tensor } from '@shoal/core';
import type { Column, Table } from '@shoal/tables';
import { FormatError } from '../errors.ts';
import { columnOfTensor } from './array-column.ts';
import type { FileFormat, ReadRequest } from './format.ts';
import { MAX_BYTES } from './gather.ts';
import { readNpyContent } from './npy.ts';
import { parseNpyHeader } from './npy/header.ts';
import { shortened } from './shortened.ts';
import { isZip, zipEntries, type ZipEntry } from './zip/directory.ts';
import { unzip, unzipHead } from './zip/unzip.ts';

/** A header is read from this many bytes of an array: those of any array without a hundred fields. */
const HEAD_BYTES = 1 << 14;

/** Greatest number of arrays that an error lists. */
const MAX_LISTED = 12;

/** NumPy's archive of arrays, a ZIP with an NPY file for each. */
export const npzFormat = {
  name: 'npz',
  title: 'NPZ',
  extensions: ['npz'],
  sniff: isZip,
  options: ['tensor'],
  // The directory, which gives the sizes, is at the end.
  announcedBytes: () => undefined,
  read: readNpz,
} as const satisfies FileFormat;

/** An array of the archive. */
interface NamedArray {
  readonly name: string;
  readonly entry: ZipEntry;
  /** Undefined when its header cannot be read. */
  readonly shape: readonly number[] | undefined;
}

/**
 * The array that `tensor` names; else the only one. From several, the only one with rows of several values is taken, with
 * those of one value per row as further columns; or all, when each has one value per row.
 */
async function readNpz(request: ReadRequest): Promise<Tensor | Table> {
  const { options, file } = request;
  const arrays = await arraysOf(request);
  const { tensor: wanted } = options;
  const [only] = arrays;
  if (wanted !== undefined || arrays.length === 1) {
    const chosen = wanted === undefined ? only : arrays.find(({ name }) => name === wanted);
    if (chosen === undefined)
      throw chooseError(`there is no array "${shortened(wanted ?? '')}"`, arrays, file);
    return contentOf(chosen, request);
  }
  const wide = arrays.filter(({ shape }) => (shape?.length ?? 0) >= 2);
  const main = wide.length === 0 ? arrays.find(({ shape }) => shape?.length === 1) : wide[0];
  const rows = main?.shape?.[0];
  const isLong = ({ shape }: NamedArray): boolean => shape?.length === 1 && shape[0] === rows;
  const used = arrays.filter((array) => array === main || isLong(array));
  const others = arrays.filter((array) => !used.includes(array));
  if (
    main === undefined ||
    wide.length > 1 ||
    others.some(({ shape }) => wide.length === 0 && shape?.length === 1)
  ) {
    throw chooseError('it is not clear which array holds the points', arrays, file);
  }
  return tableOfArrays(used, others, request);
}

async function tableOfArrays(
  used: readonly NamedArray[],
  others: readonly NamedArray[],
  request: ReadRequest,
): Promise<Table> {
  const { file } = request;
  const columns: Column[] = [];
  const notes = [
    `The columns are the arrays ${used.map(({ name }) => `"${shortened(name)}"`).join(', ')} of the archive.`,
  ];
  let rows = 0;
  for (const array of used) {
    const content = await contentOf(array, request);
    if ('notes' in content) {
      notes.push(...content.notes);
      // An array without names is one column, which then has the array's name.
      const { columns: inner } = content;
      const named = inner.length === 1 ? [{ ...inner[0], name: array.name }] : inner;
      for (const column of named) columns.push(column);
      rows = content.rows;
    } else {
      columns.push(columnOfTensor(content, file, 1, array.name));
      [rows = 0] = content.shape;
    }
  }
  if (others.length > 0) notes.push(`Left out, because their shapes are others: ${listed(others)}.`);
  return { name: file, rows, columns, notes };
}

/** The arrays of the archive with their shapes, in its order. */
async function arraysOf({ bytes, file, signal }: ReadRequest): Promise<readonly NamedArray[]> {
  const entries = zipEntries(bytes, file);
  const arrays: NamedArray[] = [];
  for (const entry of entries) {
    if (!entry.name.endsWith('.npy') || entry.name.startsWith('__MACOSX/')) continue;
    const name = entry.name.slice(0, -'.npy'.length);
    if (arrays.some((array) => array.name === name)) {
      throw new FormatError({ file }, `the NPZ archive has two arrays called "${shortened(name)}".`);
    }
    arrays.push({ name, entry, shape: await shapeOf(bytes, entry, file, signal) });
  }
  if (arrays.length === 0) throw otherArchive(entries, file);
  return arrays;
}

async function shapeOf(
  archive: Uint8Array,
  entry: ZipEntry,
  file: string,
  signal: AbortSignal | undefined,
): Promise<readonly number[] | undefined> {
  try {
    return parseNpyHeader(await unzipHead(archive, entry, { file, signal, length: HEAD_BYTES }), file).shape;
  } catch (error) {
    // An array that nobody asks for may be of any type. One that is asked for is read again, and then says what is wrong.
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

async function contentOf({ entry, name }: NamedArray, request: ReadRequest): Promise<Tensor | Table> {
  const { bytes, file, maxBytes = MAX_BYTES, signal } = request;
  return readNpyContent(
    await unzip(bytes, entry, { file, maxBytes, signal }),
    `${file}, array "${shortened(name)}"`,
  );
}

function chooseError(what: string, arrays: readonly NamedArray[], file: string): FormatError {
  return new FormatError({ file }, `${what}; set the tensor option to one of ${listed(arrays)}.`);
}

function listed(arrays: readonly NamedArray[]): string {
  const names = arrays
    .slice(0, MAX_LISTED)
    .map(
      ({ name, shape }) =>
        `"${shortened(name)}" (${shape === undefined ? 'not readable' : shortened(shape.join(', '))})`,
    );
  const more = arrays.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}

/** The error for a ZIP archive that is no archive of arrays. */
function otherArchive(entries: readonly ZipEntry[], file: string): FormatError {
  const has = (part: string): boolean => entries.some(({ name }) => name.startsWith(part));
  if (has('xl/') || entries.some(({ name }) => name === 'content.xml')) {
    return new FormatError(
      { file },
      'this is a ZIP archive with a spreadsheet in it (Excel or OpenDocument). Save the sheet as CSV, and give that file.',
    );
  }
  const names = entries.slice(0, 3).map(({ name }) => `"${shortened(name)}"`);
  const found =
    names.length === 0
      ? 'which is empty'
      : `with ${names.join(', ')}${entries.length > 3 ? ' and more' : ''} in it`;
  return new FormatError(
    { file },
    `this is a ZIP archive ${found}, not an NPZ file, whose arrays end in .npy. Unpack it, and give a file of it.`,
  );
}
