import { expect } from 'vitest';
import { pointTiles } from '../kernels/common/tile-distances.ts';
import { packState } from '../kernels/kmeans/state.ts';
import { squaredDistance, type TestPoints } from './test-points.ts';

/** A label that no cluster has. */
export const FORGOTTEN = 0xffffffff;

/** The input of an assignment. */
export interface AssignmentStart {
  readonly labels?: Uint32Array | undefined;
  readonly weights?: Float32Array | undefined;
  readonly halted?: boolean | undefined;
  readonly forget?: boolean | undefined;
}

/** The result of an assignment. */
export interface Assignment {
  readonly labels: Uint32Array;
  readonly distances: Float32Array;
  readonly inertia: number;
  readonly changed: number;
}

/** The buffers that every kernel which labels points has. */
export function assignmentBuffers(
  { rows, stored }: TestPoints,
  centroids: Float32Array,
  { labels, weights, halted = false, forget = false }: AssignmentStart,
) {
  const state = packState(forget, 0);
  if (halted) new Uint32Array(state)[0] = 1;
  return {
    points: stored,
    targets: centroids,
    weights: weights ?? new Float32Array(4),
    state: new Uint8Array(state),
    labels: labels ?? new Uint32Array(rows).fill(FORGOTTEN),
    distances: new Float32Array(rows),
    partials: new Uint32Array(2 * pointTiles(rows)),
  };
}

/** Reads those buffers and adds up the partial results. */
export function assignmentOf(
  results: Readonly<Record<'labels' | 'distances' | 'partials', ArrayBuffer>>,
): Assignment {
  const inertias = new Float32Array(results.partials);
  const changes = new Uint32Array(results.partials);
  let inertia = 0;
  let changed = 0;
  for (let i = 0; i < inertias.length; i += 2) {
    inertia += inertias[i];
    changed += changes[i + 1];
  }
  return {
    labels: new Uint32Array(results.labels),
    distances: new Float32Array(results.distances),
    inertia,
    changed,
  };
}

/** Expects every point to have its nearest centroid, all labels new, and no weights. */
export function expectNearest(found: Assignment, points: TestPoints, centroids: Float32Array): void {
  const { rows, columns } = points;
  const clusters = centroids.length / columns;
  let inertia = 0;
  // A separate expectation for each of very many points would take too long.
  const misplaced: number[] = [];
  for (let i = 0; i < rows; i++) {
    let nearest = Infinity;
    for (let k = 0; k < clusters; k++) {
      nearest = Math.min(nearest, squaredDistance(points, i, centroids, k));
    }
    inertia += nearest;
    const own = squaredDistance(points, i, centroids, found.labels[i]);
    const isNear = (square: number): boolean => Math.abs(square / nearest - 1) < 5e-6;
    if (!isNear(own) || !isNear(found.distances[i])) misplaced.push(i);
  }
  expect(misplaced).toEqual([]);
  expect(found.inertia / inertia).toBeCloseTo(1, 5);
  expect(found.changed).toBe(rows);
}
