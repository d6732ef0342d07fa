import { expect, it } from 'vitest';
import { fuzzyUnion } from './fuzzy-graph.ts';

it('unites the memberships of both ends of an edge, for any order of the neighbors', () => {
  // Neighbors: 0 has 2 and 1; 1 has 0 and 2; 2 has 3 and 0; 3 has 2 and 1, but 1 does not have 3.
  const indices = Uint32Array.of(2, 1, 0, 2, 3, 0, 2, 1);
  const memberships = Float32Array.of(1, 0.5, 1, 0.25, 1, 0.5, 1, 0.75);
  expect(fuzzyUnion(indices, memberships, 2)).toEqual({
    offsets: Uint32Array.of(0, 2, 5, 8, 10),
    targets: Uint32Array.of(1, 2, 0, 2, 3, 0, 1, 3, 1, 2),
    // 0.5 and 1 make 1; 1 and 0.5 make 1; 0.25 and 0.75 stay, because their edges have one direction.
    weights: Float32Array.of(1, 1, 1, 0.25, 0.75, 1, 0.25, 1, 0.75, 1),
  });
});

it('is p + q - p q of memberships p and q', () => {
  const { weights } = fuzzyUnion(Uint32Array.of(1, 0), Float32Array.of(0.5, 0.25), 1);
  expect(weights).toEqual(Float32Array.of(0.625, 0.625));
});
