import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { testPoints, type TestPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { nearestOutsideKernel, nearestOutsideSlice } from './nearest-outside.ts';
import { tiledGrid, type TiledQueries, type TiledSlice } from './tiled-queries.ts';

describe('nearest-outside', () => {
  const device = useTestDevice();

  async function search(
    points: TestPoints,
    queries: Float32Array,
    places: { readonly ofQueries: Uint32Array; readonly ofRows: Uint32Array },
    shape: TiledQueries,
    slices: readonly TiledSlice[],
  ): Promise<Uint32Array> {
    let edges = new Uint32Array(4 * shape.queries * shape.parts);
    for (const slice of slices) {
      const found = await runKernel(device.context, nearestOutsideKernel(points.format), {
        grid: tiledGrid(shape),
        constants: points.constants,
        buffers: {
          points: points.stored,
          queries,
          queryPlaces: places.ofQueries,
          rowPlaces: places.ofRows,
          edges,
          slice: new Uint8Array(nearestOutsideSlice(shape, slice)),
        },
      });
      edges = new Uint32Array(found.edges);
    }
    return edges;
  }

  it.each([
    ['f32', 1, 9, 1],
    ['u8', 5, 40, 2],
    ['f32', 3, 200, 1],
    ['u8', 33, 150, 3],
  ] as const)(
    '%s, %i columns, %i rows, %i parts: the best of all pairs',
    async (format, columns, rows, parts) => {
      const points = testPoints(format, rows, columns);
      const values = Float32Array.from(points.values);
      const cores = Float32Array.from({ length: rows }, (_, i) => ((i * 7) % 5) * 0.1 * columns);
      const bits = new Uint32Array(cores.buffer);
      const places = Uint32Array.from({ length: 2 * rows }, (_, at) =>
        at % 2 === 0 ? (at >> 1) % 4 : bits[at >> 1],
      );
      const slices = [
        { chunkStart: 0, first: 0, end: rows >> 1, fresh: true },
        { chunkStart: 0, first: rows >> 1, end: rows, fresh: false },
      ];
      const shape = { queries: rows, columns, parts };
      const edges = await search(points, values, { ofQueries: places, ofRows: places }, shape, slices);
      const floats = new Float32Array(edges.buffer);
      for (let i = 0; i < rows; i++) {
        const own = Array.from({ length: parts }, (_, part) => i * parts + part).filter(
          (at) => edges[4 * at] < 0xffffffff,
        );
        const least = Math.min(...own.map((at) => floats[4 * at]));
        const at = own.find((each) => floats[4 * each] === least)!;
        const weightOf = (k: number): number => {
          let sum = 0;
          for (let j = 0; j < columns; j++)
            sum += (points.values[i * columns + j] - points.values[k * columns + j]) ** 2;
          return Math.max(sum, cores[i], cores[k]);
        };
        const others = Array.from({ length: rows }, (_, k) => k).filter((k) => k % 4 !== i % 4);
        const expected = Math.min(...others.map(weightOf));
        expect(edges[4 * at + 2] % 4).not.toBe(i % 4);
        expect(Math.abs(weightOf(edges[4 * at + 2]) - expected)).toBeLessThanOrEqual(1e-5 * expected);
        expect(Math.abs(least - expected)).toBeLessThanOrEqual(1e-5 * expected);
      }
    },
  );

  it('takes the nearer of equally long edges, then the lowest row, and none where there is none', async () => {
    const points = { ...testPoints('f32', 6, 1), stored: Float32Array.of(9, 3, 1, 1, 2, 0) };
    const core = new Uint32Array(Float32Array.of(16).buffer)[0];
    const ofRows = Uint32Array.of(1, core, 1, core, 1, core, 1, core, 1, core, 0, core);
    const shape = { queries: 2, columns: 1, parts: 1 };
    const slices = [{ chunkStart: 0, first: 0, end: 5, fresh: true }];
    const ofQueries = Uint32Array.of(0, core, 1, core);
    const edges = await search(points, Float32Array.of(0, 0), { ofQueries, ofRows }, shape, slices);
    expect([...new Float32Array(edges.buffer).subarray(0, 2)]).toEqual([16, 1]);
    expect([...edges.subarray(2, 8)]).toEqual([2, 0, 0xffffffff, 0xffffffff, 0xffffffff, 0]);
  });
});
