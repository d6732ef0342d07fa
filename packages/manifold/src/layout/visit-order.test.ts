import { expect, it } from 'vitest';
import { VisitOrder } from './visit-order.ts';

/** 0 - 3 - 1, and 2 - 4 apart. */
const graph = {
  offsets: Uint32Array.of(0, 1, 2, 3, 5, 6),
  targets: Uint32Array.of(3, 3, 4, 0, 1, 2),
  weights: Float32Array.of(0.5, 0.25, 1, 0.5, 0.25, 1),
};

it('numbers vertices breadth first, part after part', () => {
  const order = new VisitOrder(graph);
  const rows = Float64Array.of(0, 10, 1, 11, 2, 12, 3, 13, 4, 14);
  const arranged = order.arrange(rows, 2);
  expect([...arranged]).toEqual([0, 10, 3, 13, 1, 11, 2, 12, 4, 14]);
  expect(order.restore(arranged, 2)).toEqual(rows);
});

it('renames the ends of edges and keeps the order of each vertex', () => {
  expect(new VisitOrder(graph).renumber(graph)).toEqual({
    offsets: Uint32Array.of(0, 1, 3, 4, 5, 6),
    targets: Uint32Array.of(1, 0, 2, 1, 4, 3),
    weights: Float32Array.of(0.5, 0.5, 0.25, 0.25, 1, 1),
  });
});
