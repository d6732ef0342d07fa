import { DataError, ShapeError } from '../errors.ts';

/** Options of the linear sum assignment. */
export interface LinearSumAssignmentOptions {
  /** Find the largest sum instead of the smallest (default false). */
  readonly maximize?: boolean | undefined;
}

/** Costs of pairing each row with each column. */
export interface AssignmentCosts {
  /** Row-major costs, `rows * columns` finite values. */
  readonly costs: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
}

/**
 * The one-to-one pairing of rows with columns whose costs have the smallest sum (the Hungarian method, by
 * shortest augmenting paths: Jonker & Volgenant, Computing 38 (1987); rectangular as in Crouse, IEEE
 * Trans. Aerospace and Electronic Systems 52 (2016)). O(short^2 * long) time, O(rows + columns) memory.
 *
 * @returns for each row its column, or -1 for a row without one (when there are more rows than columns)
 * @throws {ShapeError} when the number of costs is not rows * columns
 * @throws {DataError} when a cost is not finite
 */
export function linearSumAssignment(
  problem: AssignmentCosts,
  options: LinearSumAssignmentOptions = {},
): Int32Array {
  const { costs, rows, columns } = problem;
  assertCosts(problem);
  const sign = options.maximize === true ? -1 : 1;
  // Paths grow from the shorter side, so that every vertex on it finds a partner.
  const rowsAreShort = rows <= columns;
  const [short, long] = rowsAreShort ? [rows, columns] : [columns, rows];
  const [shortStride, longStride] = rowsAreShort ? [columns, 1] : [1, columns];

  const shortPotential = new Float64Array(short);
  const longPotential = new Float64Array(long);
  const partnerOfShort = new Int32Array(short).fill(-1);
  const partnerOfLong = new Int32Array(long).fill(-1);
  const distance = new Float64Array(long);
  const previous = new Int32Array(long);
  const settled = new Uint8Array(long);

  for (let root = 0; root < short; root++) {
    distance.fill(Infinity);
    settled.fill(0);
    let from = root;
    let reached = 0;
    let end = -1;

    // Dijkstra over reduced costs, from `root` to the nearest free vertex of the long side.
    while (end < 0) {
      let nearest = -1;
      for (let to = 0; to < long; to++) {
        if (settled[to] === 1) continue;
        const cost = sign * costs[from * shortStride + to * longStride];
        const length = reached + cost - shortPotential[from] - longPotential[to];
        if (length < distance[to]) {
          distance[to] = length;
          previous[to] = from;
        }
        if (nearest < 0 || distance[to] < distance[nearest]) nearest = to;
      }
      reached = distance[nearest];
      settled[nearest] = 1;
      if (partnerOfLong[nearest] < 0) end = nearest;
      else from = partnerOfLong[nearest];
    }

    // Keep reduced costs >= 0, and 0 along the path.
    shortPotential[root] += reached;
    for (let to = 0; to < long; to++) {
      if (settled[to] === 0 || to === end) continue;
      shortPotential[partnerOfLong[to]] += reached - distance[to];
      longPotential[to] -= reached - distance[to];
    }

    // Flip the path: every vertex on it takes the partner it was reached from.
    for (let to = end, flipped = -1; flipped !== root;) {
      flipped = previous[to];
      const next = partnerOfShort[flipped];
      partnerOfLong[to] = flipped;
      partnerOfShort[flipped] = to;
      to = next;
    }
  }
  return rowsAreShort ? partnerOfShort : partnerOfLong;
}

function assertCosts({ costs, rows, columns }: AssignmentCosts): void {
  if (costs.length !== rows * columns) {
    throw new ShapeError(
      `An assignment of ${String(rows)} rows to ${String(columns)} columns needs ${String(rows * columns)} costs; ` +
        `got ${String(costs.length)}.`,
    );
  }
  for (let i = 0; i < costs.length; i++) {
    if (!Number.isFinite(costs[i])) {
      throw new DataError(
        `The cost of row ${String(Math.floor(i / columns))} and column ${String(i % columns)} is ${String(costs[i])}; ` +
          'an assignment needs finite costs.',
      );
    }
  }
}
