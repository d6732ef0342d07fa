import { expect, it } from 'vitest';
import { findComponents } from './components.ts';

/** The graph with these edges, both ways. */
function graph(vertices: number, edges: readonly (readonly [number, number])[]) {
  const lists = Array.from({ length: vertices }, (): number[] => []);
  for (const [a, b] of edges) {
    lists[a].push(b);
    lists[b].push(a);
  }
  const offsets = new Uint32Array(vertices + 1);
  lists.forEach((list, i) => (offsets[i + 1] = offsets[i] + list.length));
  const targets = Uint32Array.from(lists.flatMap((list) => list.sort((a, b) => a - b)));
  return { offsets, targets, weights: new Float32Array(targets.length).fill(1) };
}

it.each([
  ['one vertex', 1, [], 1],
  ['vertices without edges', 5, [], 5],
  ['two pairs and one alone', 5, [[0, 3], [1, 4]], 3], // oxfmt-ignore
  ['a chain in no order', 6, [[4, 0], [0, 5], [5, 2], [2, 3], [3, 1]], 1], // oxfmt-ignore
  ['a ring beside a star', 7, [[0, 1], [1, 2], [2, 0], [3, 4], [3, 5], [3, 6]], 2], // oxfmt-ignore
] as const)('counts the parts of %s', (_, vertices, edges, parts) => {
  expect(findComponents(graph(vertices, edges)).count).toBe(parts);
});

it('counts one part when every two vertices share an edge', () => {
  const edges = Array.from({ length: 60 }, (_, i) => Array.from({ length: i }, (_, j) => [i, j] as const));
  expect(findComponents(graph(60, edges.flat())).count).toBe(1);
});

it('names the part of each vertex, in the order of their first vertices', () => {
  const { labels } = findComponents(graph(6, [[0, 3], [1, 4], [4, 5]])); // oxfmt-ignore
  expect([...labels]).toEqual([0, 1, 2, 0, 1, 1]);
});
