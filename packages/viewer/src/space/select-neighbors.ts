import { InvalidArgumentError, matrix, StateError } from '@shoal/core';
import type { ClusteringData } from '../data/types.ts';
import { countOf } from '../interaction/describe.ts';
import { findAscending, rowOf } from '../interaction/rows.ts';
import type { ViewerState } from '../state/viewer-state.ts';
import { nearestRows } from './nearest-rows.ts';
import { pointSpace, type PointSpace } from './point-space.ts';

/** The neighbors of a point. */
export interface Neighbors {
  /** The nearest first, without the point itself. */
  readonly points: Uint32Array;
  /** The space of the distances, for people: "the columns of the table, standardized". */
  readonly space: string;
  /** All of it in a sentence. */
  readonly message: string;
}

const spaces = new WeakMap<object, PointSpace>();

/**
 * Selects a point and its nearest neighbors, of those that pass the filters.
 *
 * @param count how many neighbors
 * @throws {StateError} while there is no such point
 * @throws {InvalidArgumentError} unless the count is a whole number of at least 1
 */
export function selectNeighbors(state: ViewerState, point: number, count: number): Neighbors {
  const { data } = state;
  if (data === undefined || !Number.isInteger(point) || point < 0 || point >= data.count) {
    throw new StateError(
      `There is no point ${point}; the viewer shows ${countOf(data?.count ?? 0, 'point')}.`,
    );
  }
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InvalidArgumentError(`The number of neighbors is a whole number of at least 1; got ${count}.`);
  }
  const { rows, of, name } = spaceFor(data, point);
  const row = of === undefined ? point : findAscending(of, point);
  const pointAt = (index: number): number => of?.[index] ?? index;
  const found = nearestRows(rows, row, count, (index) => state.passes(pointAt(index)));
  const points = Uint32Array.from(found, pointAt);
  state.select(Uint32Array.of(point, ...points));
  const message = `Row ${rowOf(data, point)} and its ${countOf(points.length, 'nearest neighbor')} are selected, by ${name}.`;
  return { points, space: name, message };
}

/** The space that has the point; the map where there is no other. */
function spaceFor(data: ClusteringData, point: number): PointSpace {
  const key = data.points ?? data.columns ?? data.images ?? data.positions;
  const known = spaces.get(key) ?? pointSpace(data);
  if (known !== undefined) spaces.set(key, known);
  const isInside = known?.of === undefined || findAscending(known.of, point) < known.of.length;
  if (known !== undefined && isInside) return known;
  return { rows: matrix(data.positions, data.count, 2), name: 'their places on the map' };
}
