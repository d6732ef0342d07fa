import { expect, it } from 'vitest';
import { effortFor, piecesFor } from './cut-size.ts';

it.each([
  [1, 20, 12, 2000],
  [10, 200, 12, 2000],
  [40, 800, 6, 1000],
  [200, 4000, 3, 447],
  [1000, 4000, 3, 447],
  [10_000, 20_000, 1, 200],
])('makes the time of %d clusters grow in proportion to their number', (clusters, pieces, nInit, sweeps) => {
  expect(piecesFor(clusters)).toBe(pieces);
  expect(effortFor(pieces)).toEqual({ nInit, sweeps });
});
