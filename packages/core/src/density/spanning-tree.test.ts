import { describe, expect, test } from 'vitest';
import { createReferenceEngine } from '../engine/reference/index.ts';
import { matrix, matrixFromRows, type Matrix } from '../matrix.ts';
import { blobs, bytes } from '../testing/datasets.ts';
import { spanningTree, type SpanningTreeOptions } from './spanning-tree.ts';

const engine = createReferenceEngine();
const treeOf = (points: Matrix, options: SpanningTreeOptions) => spanningTree(engine, points, options);

describe('spanningTree', () => {
  test('five points on a line by hand', async () => {
    const points = matrixFromRows([[0], [1], [3], [7], [8]]);
    const tree = await treeOf(points, { minSamples: 2 });
    expect(tree.coreDistances).toEqual(Float64Array.of(3, 2, 3, 4, 5));
    // The edges 0-1, 1-2 and 0-2 have the weight 3, at distances 1, 2 and 3; 3-4 has 5 at distance 1, and 2-4 at 5.
    expect([...tree.from]).toEqual([0, 1, 2, 3]);
    expect([...tree.to]).toEqual([1, 2, 3, 4]);
    expect([...tree.weights]).toEqual([3, 3, 4, 5]);
  });

  test('with 0 samples it is the tree of the distances', async () => {
    const tree = await treeOf(matrixFromRows([[0], [1], [3], [7], [8]]), { minSamples: 0 });
    expect([...tree.from]).toEqual([0, 3, 1, 2]);
    expect([...tree.to]).toEqual([1, 4, 2, 3]);
    expect([...tree.weights]).toEqual([1, 1, 2, 4]);
    expect([...tree.coreDistances]).toEqual([0, 0, 0, 0, 0]);
  });

  test('more samples than other points are all other points', async () => {
    const points = matrixFromRows([[0], [1], [3]]);
    expect(await treeOf(points, { minSamples: 9 })).toEqual(await treeOf(points, { minSamples: 2 }));
  });

  test('one point has no edges', async () => {
    const tree = await treeOf(matrixFromRows([[4, 2]]), { minSamples: 5 });
    expect(tree.weights).toHaveLength(0);
    expect([...tree.coreDistances]).toEqual([0]);
  });

  test.each([
    ['blobs', blobs(150, 3, 4, 1, 2).points, 4],
    ['bytes', bytes(90, 7, 2), 3],
    ['duplicates and ties', tiedPoints(120), 5],
  ])('%s as the shortest edges of all pairs', async (_, points, minSamples) => {
    const tree = await treeOf(points, { minSamples });
    const expected = shortestEdges(points, minSamples);
    expect([...tree.from]).toEqual(expected.map(({ from }) => from));
    expect([...tree.to]).toEqual(expected.map(({ to }) => to));
    expect([...tree.weights]).toEqual(expected.map(({ weight }) => Math.sqrt(weight)));
  });

  test('cosine distances are 1 - cos, whatever the lengths of the rows', async () => {
    const points = matrixFromRows([
      [1, 0],
      [3, 3],
      [0, 5],
    ]);
    const { weights } = await treeOf(points, { minSamples: 0, metric: 'cosine' });
    expect(weights[0]).toBeCloseTo(1 - Math.SQRT1_2, 15);
    expect(weights[1]).toBeCloseTo(1 - Math.SQRT1_2, 15);
  });

  test('refuses what it cannot use', async () => {
    const points = matrixFromRows([[0], [1]]);
    await expect(treeOf(points, { minSamples: 1.5 })).rejects.toThrow(
      'minSamples must be a whole number of at least 0; got 1.5.',
    );
    await expect(treeOf(matrixFromRows([[0], [NaN]]), { minSamples: 1 })).rejects.toThrow('row 1, column 0');
    await expect(treeOf(points, { minSamples: 1, metric: 'cosine' })).rejects.toThrow('Row 0 is all zeros');
  });

  test('stops when the signal says so', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(treeOf(tiedPoints(50), { minSamples: 2, signal })).rejects.toThrow('enough');
  });
});

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly weight: number;
  readonly square: number;
}

/** Kruskal's algorithm on all pairs of points, by squares. */
function shortestEdges({ data, rows, columns, scale }: Matrix, minSamples: number): Edge[] {
  const squareOf = (i: number, k: number): number => {
    let sum = 0;
    for (let j = 0; j < columns; j++)
      sum += (data[i * columns + j] * scale - data[k * columns + j] * scale) ** 2;
    return sum;
  };
  const all = Array.from({ length: rows }, (_, i) => i);
  const core = all.map((i) => all.map((k) => squareOf(i, k)).sort((a, b) => a - b)[minSamples]);
  const edges = all.flatMap((to) =>
    all.slice(0, to).map((from): Edge => {
      const square = squareOf(from, to);
      return { from, to, weight: Math.max(core[from], core[to], square), square };
    }),
  );
  edges.sort((a, b) => a.weight - b.weight || a.square - b.square || a.from - b.from || a.to - b.to);
  const component = [...all];
  return edges.filter(({ from, to }) => {
    const [kept, merged] = [component[from], component[to]];
    if (kept === merged) return false;
    for (const i of all) if (component[i] === merged) component[i] = kept;
    return true;
  });
}

/** Points of a small grid, several times each. */
function tiedPoints(rows: number): Matrix {
  const data = Float32Array.from({ length: 2 * rows }, (_, at) =>
    at % 2 === 0 ? (at * 7) % 10 : (at * 3) % 7,
  );
  return matrix(data, rows, 2);
}
