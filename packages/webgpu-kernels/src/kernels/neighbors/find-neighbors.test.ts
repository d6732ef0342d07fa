import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, squaredDistance, testPoints, type TestPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import {
  findNeighborsGrid,
  findNeighborsKernel,
  findNeighborsSlice,
  findNeighborsWork,
  type CandidateSlice,
  type NeighborQueries,
} from './find-neighbors.ts';

/** The row in an unused place of a list. */
const NOBODY = 0xffffffff;

interface Entry {
  readonly row: number;
  readonly square: number;
}

describe('find-neighbors', () => {
  const device = useTestDevice();

  /** @param lists the lists before this search */
  async function find(
    points: TestPoints,
    queries: Float32Array,
    shape: NeighborQueries,
    slice: CandidateSlice,
    lists = new Uint32Array(2 * shape.count * shape.parts * shape.neighbors),
  ): Promise<Uint32Array> {
    const found = await runKernel(device.context, findNeighborsKernel(points.format), {
      grid: findNeighborsGrid(shape),
      constants: points.constants,
      buffers: {
        points: points.stored,
        queries,
        lists,
        slice: new Uint8Array(findNeighborsSlice(shape, slice)),
      },
    });
    return new Uint32Array(found.lists);
  }

  /** The lists of one query, nearest first. */
  function listsOf(lists: Uint32Array, query: number, { parts, neighbors }: NeighborQueries): Entry[] {
    const own = lists.subarray(2 * query * parts * neighbors, 2 * (query + 1) * parts * neighbors);
    const squares = new Float32Array(own.buffer, own.byteOffset, own.length);
    return Array.from({ length: parts * neighbors }, (_, i) => ({
      square: squares[2 * i],
      row: own[2 * i + 1],
    }))
      .filter(({ row }) => row !== NOBODY)
      .sort((a, b) => a.square - b.square || a.row - b.row);
  }

  /** The nearest rows of a slice, nearest first, in float64. */
  function nearest(
    points: TestPoints,
    queries: Float32Array,
    query: number,
    shape: NeighborQueries,
    { chunkStart, first, end }: CandidateSlice,
  ): Entry[] {
    return Array.from({ length: end - first }, (_, i) => first + i)
      .filter((candidate) => chunkStart + candidate !== shape.own + query)
      .map((candidate) => ({
        row: chunkStart + candidate,
        square: squaredDistance(points, candidate, queries, query),
      }))
      .sort((a, b) => a.square - b.square || a.row - b.row)
      .slice(0, shape.neighbors);
  }

  function expectNearest(actual: readonly Entry[], expected: readonly Entry[]): void {
    expect(new Set(actual.map(({ row }) => row)).size).toBe(actual.length);
    for (const [i, { square }] of expected.entries()) {
      expect(Math.abs(actual[i].square - square)).toBeLessThanOrEqual(1e-5 * square);
    }
  }

  it.each([
    ['f32', 1, 1, 1, 1, 1],
    ['u8', 63, 5, 17, 7, 1],
    ['f32', 64, 128, 8, 3, 1],
    ['f32', 65, 129, 9, 16, 2],
    ['u8', 300, 130, 33, 15, 3],
    ['f32', 200, 3, 100, 64, 4],
    ['f32', 257, 2, 7, 256, 1],
  ] as const)('%s, %i candidates, %i queries, %i columns, %i neighbors, %i parts', async (...row) => {
    const [format, rows, count, columns, neighbors, parts] = row;
    const points = testPoints(format, rows, columns);
    const queries = normals(2, count * columns);
    const shape = { count, own: 10_000, columns, neighbors, parts };
    const slice = { chunkStart: 0, first: 0, end: rows, fresh: true };
    const lists = await find(points, queries, shape, slice);
    for (let query = 0; query < count; query++) {
      const actual = listsOf(lists, query, shape);
      expect(actual.length).toBeGreaterThanOrEqual(Math.min(rows, neighbors));
      expectNearest(actual, nearest(points, queries, query, shape, slice));
    }
  });

  it('continues earlier lists with rows of a later chunk, and never finds the query itself', async () => {
    const points = testPoints('f32', 150, 5);
    const queries = Float32Array.from(points.stored.subarray(5 * 90, 5 * 99));
    const shape = { count: 9, own: 1090, columns: 5, neighbors: 12, parts: 2 };
    const slices = [
      { chunkStart: 1000, first: 10, end: 80, fresh: true },
      { chunkStart: 1000, first: 80, end: 140, fresh: false },
    ];
    let lists: Uint32Array<ArrayBuffer> | undefined;
    for (const slice of slices) lists = new Uint32Array(await find(points, queries, shape, slice, lists));
    for (let query = 0; query < 9; query++) {
      const whole = { ...slices[0], end: 140 };
      const actual = listsOf(lists!, query, shape);
      expect(actual.map(({ row }) => row)).not.toContain(1090 + query);
      expectNearest(actual, nearest(points, queries, query, shape, whole));
    }
  });

  it('keeps the lowest rows of equally near ones, for any number at once', async () => {
    const points = { ...testPoints('f32', 200, 2), stored: new Float32Array(400).fill(1.5) };
    const shape = { count: 130, own: 3, columns: 2, neighbors: 20, parts: 1 };
    const slice = { chunkStart: 0, first: 0, end: 200, fresh: true };
    const lists = await find(points, new Float32Array(260).fill(1.5), shape, slice);
    for (const query of [0, 7, 60, 129]) {
      const rows = Array.from({ length: 21 }, (_, row) => row).filter((row) => row !== 3 + query);
      const expected = rows.slice(0, 20).map((row) => ({ row, square: 0 }));
      expect(listsOf(lists, query, shape)).toEqual(expected);
    }
  });

  it('finds the nearest when each candidate is nearer than all before it', async () => {
    const rows = 500;
    const stored = Float32Array.from({ length: rows }, (_, i) => rows - i);
    const points = { ...testPoints('f32', rows, 1), stored };
    const shape = { count: 1, own: rows, columns: 1, neighbors: 33, parts: 1 };
    const slice = { chunkStart: 0, first: 0, end: rows, fresh: true };
    const found = listsOf(await find(points, Float32Array.of(0), shape, slice), 0, shape);
    expect(found).toEqual(
      Array.from({ length: 33 }, (_, i) => ({ row: rows - 1 - i, square: (i + 1) ** 2 })),
    );
  });

  it('packs a slice and counts its work', () => {
    const shape = { count: 7, own: 6, columns: 5, neighbors: 4, parts: 3 };
    const slice = { chunkStart: 1, first: 2, end: 9, fresh: true };
    expect([...new Uint32Array(findNeighborsSlice(shape, slice))].slice(0, 9)).toEqual([
      1, 2, 9, 5, 7, 6, 4, 3, 1,
    ]);
    expect(findNeighborsWork(shape, 10, 1)).toEqual({
      flops: 3 * 7 * 10 * 5,
      bytes: 4 * 7 * 5 + 10 * 5 + 8 * 7 * 3 * 4,
    });
  });
});
