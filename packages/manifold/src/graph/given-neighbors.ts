import { DataError, InvalidArgumentError, ShapeError, type Neighbors } from '@shoal/core';
import { isNumericView } from '@shoal/core/model-kit';

/**
 * Checks lists of neighbors from the caller, and cuts them to the needed length.
 *
 * @param given N x k for any k of at least `wanted`, nearest first, without the point itself
 * @param rows N
 * @returns N x `wanted`
 * @throws {ShapeError} when lists differ in length, or are shorter than `wanted`
 * @throws {InvalidArgumentError} when they are not arrays, or a list names the point itself or a row that does not
 *   exist
 * @throws {DataError} when distances are NaN, negative, or do not ascend
 */
export function useGivenNeighbors(given: Neighbors, rows: number, wanted: number): Neighbors {
  const { indices, distances } = given;
  if (!isNumbers(indices) || !isNumbers(distances)) {
    throw new InvalidArgumentError(
      'Neighbors must be { indices, distances }, a Uint32Array and a Float32Array of one value for each neighbor.',
    );
  }
  const length = indices.length / rows;
  if (indices.length !== distances.length || !Number.isInteger(length) || length < wanted) {
    throw new ShapeError(
      `Lists of neighbors must hold as many rows as distances, at least ${wanted} for each of ${rows} points; ` +
        `got ${indices.length} rows and ${distances.length} distances.`,
    );
  }
  for (let i = 0; i < rows; i++) {
    for (let at = i * length; at < (i + 1) * length; at++) {
      if (!(Number.isInteger(indices[at]) && indices[at] >= 0 && indices[at] < rows)) {
        throw new InvalidArgumentError(
          `The neighbors of row ${i} name row ${indices[at]}; there are ${rows} rows.`,
        );
      }
      if (indices[at] === i) {
        throw new InvalidArgumentError(
          `The neighbors of row ${i} name row ${i} itself; leave each point out of its own list.`,
        );
      }
      if (!(distances[at] >= (at > i * length ? distances[at - 1] : 0) && distances[at] < Infinity)) {
        throw new DataError(
          `Distance ${at - i * length} of row ${i} is ${distances[at]}; distances must be finite, at least 0, ` +
            'and the nearest must come first.',
        );
      }
    }
  }
  const cut = { indices: new Uint32Array(rows * wanted), distances: new Float32Array(rows * wanted) };
  for (let i = 0; i < rows; i++) {
    const from = i * length;
    cut.indices.set(indices.slice(from, from + wanted), i * wanted);
    cut.distances.set(distances.slice(from, from + wanted), i * wanted);
  }
  return cut;
}

/** For callers without types. */
function isNumbers(value: unknown): boolean {
  return Array.isArray(value) || isNumericView(value);
}
