import { NO_CLUSTER, UnsupportedError, type LeastEdges, type Points } from '@shoal/core';
import {
  assertComponents,
  assertLength,
  assertSamples,
  assertSquare,
  Destroyable,
  DisjointSets,
  type SpanningOptions,
  type SpanningSession,
} from '@shoal/core/engine-kit';
import {
  nearestOutsideKernel,
  nearestOutsideSlice,
  nearestOutsideWork,
} from '../../kernels/spanning/nearest-outside.ts';
import {
  withinRadiusKernel,
  withinRadiusSlice,
  withinRadiusWork,
} from '../../kernels/spanning/within-radius.ts';
import { createPointResources, requireBindable, type PointResources } from '../../points/resources.ts';
import { gatherOnDevice } from '../../points/row-reader.ts';
import type { DeviceContext } from '../../runtime/device.ts';
import { Commands } from '../../runtime/dispatch.ts';
import { MAX_NEIGHBORS, planSearch } from '../neighbors/plan.ts';
import { searchBlock } from '../neighbors/search-block.ts';
import { compareRows } from './compare-rows.ts';
import { EDGE_WORDS, KnownEdges } from './known-edges.ts';
import { atMostInFloat32 } from './at-most-in-float32.ts';

/** Words of a count and a label. */
const FOUND_WORDS = 2;

/**
 * Spanning trees and radii on a WebGPU device: rows are compared with all others, by sums of squared differences in float32. Only
 * rows whose shortest edge became part of their component are compared again.
 */
export class WebGpuSpanningSession extends Destroyable implements SpanningSession {
  readonly rows: number;
  readonly columns: number;
  readonly #resources: PointResources;
  readonly #minSamples: number;
  readonly #edges: KnownEdges;
  #core: Float32Array | undefined;

  private constructor(resources: PointResources, minSamples: number) {
    super();
    this.rows = resources.points.rows;
    this.columns = resources.points.columns;
    this.#resources = resources;
    this.#minSamples = minSamples;
    this.#edges = new KnownEdges(this.rows);
  }

  /**
   * Uploads the points.
   *
   * @throws {InvalidArgumentError} when there are fewer other points than samples
   * @throws {DataError} for host points that are not finite
   * @throws {UnsupportedError} for more than `MAX_NEIGHBORS` samples, and when the points exceed the device's limits or are
   * on another engine or device
   * @throws {DeviceError} when the device fails or runs out of memory
   */
  static async create(
    context: DeviceContext,
    points: Points,
    { minSamples, signal }: SpanningOptions,
  ): Promise<WebGpuSpanningSession> {
    assertSamples(minSamples, points.rows);
    if (minSamples > MAX_NEIGHBORS) {
      throw new UnsupportedError(
        `The WebGPU engine counts at most ${MAX_NEIGHBORS} samples; got ${minSamples}. ` +
          'Ask for fewer, or use another engine.',
      );
    }
    requireBindable(context, { 'two words for each point': 8 * points.rows }, 'use fewer points');
    const resources = await createPointResources(context, points, { signal }, points.columns);
    return new WebGpuSpanningSession(resources, minSamples);
  }

  async coreSquares(onRows?: (rows: number) => void): Promise<Float64Array> {
    return Float64Array.from(await this.#coreSquares(onRows));
  }

  async leastEdges(components: Uint32Array, count: number, spared = NO_CLUSTER): Promise<LeastEdges> {
    assertComponents(components, count, this.rows);
    const core = await this.#coreSquares();
    const rows = this.#edges.toSearch(components, count, spared);
    await this.#searchOutside(rows, components, core, (row, edge) => {
      this.#edges.offer(row, edge);
    });
    return this.#edges.least(components, count, spared);
  }

  async countWithin(square: number): Promise<Uint32Array> {
    assertSquare(square);
    const counts = new Uint32Array(this.rows);
    const labels = new Uint32Array(this.rows);
    await this.#searchWithin(allRows(this.rows), labels, square, (row, [count]) => {
      counts[row] += count;
    });
    return counts;
  }

  async joinWithin(square: number, isCore: Uint8Array): Promise<Uint32Array> {
    assertSquare(square);
    assertLength('The core points', isCore, this.rows);
    const sets = new DisjointSets(this.rows);
    // Other points are too far away to be the end of an edge.
    const core = Float32Array.from(isCore, (is) => (is === 0 ? Infinity : 0));
    let rows = allRows(this.rows).filter((row) => isCore[row] !== 0);
    while (rows.length > 0) {
      const edges = new KnownEdges(this.rows);
      await this.#searchOutside(rows, sets.labels(), core, (row, edge) => {
        edges.offer(row, edge);
      });
      // A row that has no other component within the radius has none later.
      rows = rows.filter((row) => edges.weightOf(row) <= square);
      for (const row of rows) sets.join(row, edges.endOf(row));
    }
    const lowest = Uint32Array.from(isCore, (is, row) => (is === 0 ? NO_CLUSTER : sets.rootOf(row)));
    const others = allRows(this.rows).filter((row) => isCore[row] === 0);
    const labels = lowest.slice();
    await this.#searchWithin(others, labels, square, (row, [, label]) => {
      lowest[row] = Math.min(lowest[row], label);
    });
    return lowest;
  }

  destroy(): void {
    this.#resources.scope.destroy();
  }

  async #coreSquares(onRows?: (rows: number) => void): Promise<Float32Array> {
    if (this.#core) return this.#core;
    const { rows, columns } = this;
    const neighbors = this.#minSamples;
    const core = new Float32Array(rows);
    if (neighbors > 0) {
      const { context, signal } = this.#resources;
      const plan = planSearch(context, { queries: rows, rows, columns, neighbors });
      const { block, parts, slice } = plan;
      for (let first = 0; first < rows; first += block) {
        const own = allRows(rows).subarray(first, first + block);
        const commands = new Commands(context, 'gathering queries', signal);
        const queries = await gatherOnDevice(this.#resources, commands, own);
        await commands.submit();
        try {
          const shape = { count: own.length, own: first, columns, neighbors, parts };
          const { squares } = await searchBlock(this.#resources, queries.buffer, shape, slice);
          for (let i = 0; i < own.length; i++) core[first + i] = squares[(i + 1) * neighbors - 1];
        } finally {
          queries.release();
        }
        onRows?.(first + own.length);
      }
    }
    this.#core = core;
    return core;
  }

  /** Finds the shortest edges of some rows to other components. */
  #searchOutside(
    rows: Uint32Array,
    components: Uint32Array,
    core: Float32Array,
    take: (row: number, edge: Uint32Array) => void,
  ): Promise<void> {
    const cores = new Uint32Array(core.buffer, core.byteOffset, core.length);
    const placesOf = (of: Uint32Array): Uint32Array => {
      const places = new Uint32Array(2 * of.length);
      of.forEach((row, at) => {
        places[2 * at] = components[row];
        places[2 * at + 1] = cores[row];
      });
      return places;
    };
    return compareRows(this.#resources, rows, {
      kernel: nearestOutsideKernel(this.#resources.points.format),
      result: 'edges',
      words: EDGE_WORDS,
      buffers: (temporary, block) => ({
        queryPlaces: temporary.upload('places of queries', placesOf(block)),
        rowPlaces: temporary.upload('places of rows', placesOf(allRows(this.rows))),
      }),
      slice: nearestOutsideSlice,
      work: nearestOutsideWork,
      take: (at, edge) => {
        take(rows[at], edge);
      },
    });
  }

  /** Counts the rows within a radius of some rows, and finds their lowest labels. */
  #searchWithin(
    rows: Uint32Array,
    labels: Uint32Array,
    square: number,
    take: (row: number, found: Uint32Array) => void,
  ): Promise<void> {
    const limit = atMostInFloat32(square);
    return compareRows(this.#resources, rows, {
      kernel: withinRadiusKernel(this.#resources.points.format),
      result: 'found',
      words: FOUND_WORDS,
      buffers: (temporary) => ({ labels: temporary.upload('labels', labels) }),
      slice: (queries, slice) => withinRadiusSlice(queries, slice, limit),
      work: withinRadiusWork,
      take: (at, found) => {
        take(rows[at], found);
      },
    });
  }
}

function allRows(rows: number): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, row) => row);
}
