import type { Tensor } from '@shoal/core';
import type { Labels } from '../dataset.ts';
import { FormatError } from '../errors.ts';

/**
 * An array as labels: one dimension, one whole number of 32 bits per point.
 *
 * @throws {FormatError} when it has another shape or holds other values
 */
export function wholeLabels({ data, shape }: Tensor, file: string): Labels {
  if (shape.length !== 1) {
    throw new FormatError({ file }, 'labels need exactly one column, one label per point.');
  }
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return data;
  const odd = data.findIndex((value) => (value | 0) !== value);
  if (odd >= 0) {
    throw new FormatError({ file }, `label ${odd + 1} is ${data[odd]}; labels are whole numbers of 32 bits.`);
  }
  return Int32Array.from(data);
}
