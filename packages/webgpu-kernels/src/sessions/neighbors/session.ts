import { UnsupportedError, type Matrix, type Neighbors, type Points } from '@shoal/core';
import {
  assertNeighbors,
  assertQueries,
  assertRowIndices,
  Destroyable,
  type NeighborSearchOptions,
  type NeighborSearchSession,
} from '@shoal/core/engine-kit';
import { floatRows } from '../../points/device-points.ts';
import type { DeviceContext } from '../../runtime/device.ts';
import { Commands } from '../../runtime/dispatch.ts';
import { MAX_NEIGHBORS, planSearch } from './plan.ts';
import { searchBlock } from './search-block.ts';
import { createPointResources, type PointResources } from '../../points/resources.ts';
import { gatherOnDevice } from '../../points/row-reader.ts';

/** Queries of a block on the device. */
interface QueryBlock {
  readonly buffer: GPUBuffer;
  release(): void;
}

/** Exact nearest neighbors on a WebGPU device, by sums of squared differences in float32. */
export class WebGpuNeighborSearchSession extends Destroyable implements NeighborSearchSession {
  readonly rows: number;
  readonly columns: number;
  readonly neighbors: number;
  readonly #resources: PointResources;

  private constructor(resources: PointResources, neighbors: number) {
    super();
    this.rows = resources.points.rows;
    this.columns = resources.points.columns;
    this.neighbors = neighbors;
    this.#resources = resources;
  }

  /**
   * Uploads the points.
   *
   * @throws {InvalidArgumentError} when there are fewer other points than wanted neighbors
   * @throws {DataError} for host points that are not finite
   * @throws {UnsupportedError} for more than `MAX_NEIGHBORS`, and when the points exceed the device's limits or are on
   * another engine or device
   * @throws {DeviceError} when the device fails or runs out of memory
   */
  static async create(
    context: DeviceContext,
    points: Points,
    { neighbors, signal }: NeighborSearchOptions,
  ): Promise<WebGpuNeighborSearchSession> {
    assertNeighbors(neighbors, points.rows);
    if (neighbors > MAX_NEIGHBORS) {
      throw new UnsupportedError(
        `The WebGPU engine finds at most ${MAX_NEIGHBORS} neighbors of a point; got ${neighbors}. ` +
          'Ask for fewer, or use another engine.',
      );
    }
    const resources = await createPointResources(context, points, { signal }, points.columns);
    return new WebGpuNeighborSearchSession(resources, neighbors);
  }

  async nearestToRows(start: number, count: number): Promise<Neighbors> {
    if (count > 0) assertRowIndices([start, start + count - 1], this.rows);
    return this.#search(count, start, async (first, rows) => {
      const { context, signal } = this.#resources;
      const commands = new Commands(context, 'gathering queries', signal);
      const indices = Uint32Array.from({ length: rows }, (_, i) => start + first + i);
      const gathered = await gatherOnDevice(this.#resources, commands, indices);
      await commands.submit();
      return gathered;
    });
  }

  async nearestTo(queries: Matrix): Promise<Neighbors> {
    assertQueries(queries, this.columns);
    return this.#search(queries.rows, undefined, async (first, rows) => {
      const { context, scope } = this.#resources;
      const values = floatRows(queries, first, rows);
      const buffer = await context.guard('uploading queries', () => scope.upload('queries', values));
      return {
        buffer,
        release() {
          scope.release(buffer);
        },
      };
    });
  }

  destroy(): void {
    this.#resources.scope.destroy();
  }

  /**
   * @param start row of the first query, when queries are rows of the points
   * @param bring uploads queries to the device
   */
  async #search(
    count: number,
    start: number | undefined,
    bring: (first: number, rows: number) => Promise<QueryBlock>,
  ): Promise<Neighbors> {
    const { rows, columns, neighbors } = this;
    const indices = new Uint32Array(count * neighbors);
    const distances = new Float32Array(count * neighbors);
    if (count === 0) return { indices, distances };
    const plan = planSearch(this.#resources.context, { queries: count, rows, columns, neighbors });
    const { block, parts, slice } = plan;
    for (let first = 0; first < count; first += block) {
      const size = Math.min(block, count - first);
      const queries = await bring(first, size);
      try {
        const own = start === undefined ? rows : start + first;
        const shape = { count: size, own, columns, neighbors, parts };
        const found = await searchBlock(this.#resources, queries.buffer, shape, slice);
        indices.set(found.indices, first * neighbors);
        // The host computes the roots, because it rounds them to the nearest float, so that they are in the order of
        // their squares.
        distances.set(found.squares.map(Math.sqrt), first * neighbors);
      } finally {
        queries.release();
      }
    }
    return { indices, distances };
  }
}
