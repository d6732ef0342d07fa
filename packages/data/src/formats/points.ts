import { InvalidArgumentError, matrix, type TensorData } from '@shoal/core';
import type { Dataset, Labels } from '../dataset.ts';
import { FormatError } from '../errors.ts';
import { readContent, type ContentOptions } from './content.ts';
import type { Source } from '../sources/source.ts';
import type { ReadOptions } from './read-options.ts';
import { labelsOfTable, pointsOfTable, type LabelColumn } from './table-points.ts';
import { wholeLabels } from './whole-labels.ts';

/** Options of `readLabels`. */
export type LabelsOptions = ContentOptions;

/** Options of `readPoints`; an option of one format is refused for files of another. */
export interface PointsOptions extends LabelsOptions, ReadOptions {
  /**
   * The label's column of a table: a number counts from 1, a name is looked up in the header. `auto` (default) takes the column
   * that the header calls "label", in any case of letters, or none when there is no such column.
   */
  readonly labelColumn?: LabelColumn | undefined;
  /** Factor applied when values are read (default 1); 1 / 255 turns bytes into [0, 1]. */
  readonly scale?: number | undefined;
}

/**
 * Reads points from the bytes of a file of any format in `FORMATS`, gzipped or not. The first dimension counts the points;
 * images of an IDX file are laid out as rows and keep their shape in `imageShape`. Bytes stay a Uint8Array; 32-bit integers
 * become float64, exactly.
 *
 * @param bytes of the file, or where they come from
 * @param name the file's name, with its extension
 * @throws {FormatError} when the format is unknown, or the file malformed or larger than `maxBytes`
 * @throws {InvalidArgumentError} when an option does not apply to the file's format
 * @throws the signal's reason when aborted
 */
export async function readPoints(
  bytes: Uint8Array | Source,
  name: string,
  options: PointsOptions = {},
): Promise<Dataset> {
  const { scale = 1 } = options;
  const { content } = await readContent(bytes, name, options, options);
  if ('notes' in content) {
    const dataset = pointsOfTable(content, options);
    rejectBeyondFloat32(dataset.points.data, dataset.points.columns, name);
    return dataset;
  }
  if (options.labelColumn !== undefined && options.labelColumn !== 'none') {
    throw new InvalidArgumentError(
      `The labelColumn option does not apply to "${name}", which is one array; leave it out.`,
    );
  }
  const { data, shape } = content;
  const [rows = 0, ...rest] = shape;
  if (rest.length === 0 || data.length === 0) {
    throw new FormatError(
      { file: name },
      `points need two dimensions, neither of them 0; this array's shape is (${shape.join(', ')}).`,
    );
  }
  const values = data instanceof Int32Array || data instanceof Uint32Array ? new Float64Array(data) : data;
  rejectBeyondFloat32(data, data.length / rows, name);
  const points = matrix(values, rows, data.length / rows, scale);
  return rest.length === 2 ? { name, points, imageShape: [rest[0], rest[1]] } : { name, points };
}

/** All engines but the reference engine compute in float32, where such a value is infinite. */
function rejectBeyondFloat32(data: TensorData, columns: number, file: string): void {
  if (!(data instanceof Float64Array)) return;
  const at = data.findIndex((value) => Number.isFinite(value) && !Number.isFinite(Math.fround(value)));
  if (at < 0) return;
  throw new FormatError(
    { file },
    `${data[at]}, the value at row ${Math.floor(at / columns)}, column ${at % columns} (from 0), is too large for a 32-bit float. Scale the column first.`,
  );
}

/**
 * Reads labels: a one-dimensional array, or one column of text, with or without a header.
 *
 * @param name the file's name, with its extension
 * @throws {FormatError} when the file is malformed or too large, or holds anything but one whole number of 32 bits per point
 * @throws the signal's reason when aborted
 */
export async function readLabels(
  bytes: Uint8Array | Source,
  name: string,
  options: LabelsOptions = {},
): Promise<Labels> {
  const { content } = await readContent(bytes, name, options, {});
  if ('notes' in content) return labelsOfTable(content);
  return wholeLabels(content, name);
}
