import { expect, it } from 'vitest';
import { piecesFor, sweepsFor } from './cut-size.ts';

it.each([
  [1, 20, 2000],
  [10, 200, 2000],
  [40, 800, 500],
  [200, 4000, 100],
  [1000, 4000, 100],
  [10_000, 20_000, 20],
])('makes the time of %d clusters grow with them alone', (clusters, pieces, sweeps) => {
  expect(piecesFor(clusters)).toBe(pieces);
  expect(sweepsFor(pieces)).toBe(sweeps);
});
