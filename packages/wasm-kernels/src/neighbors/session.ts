import { DataError, type Matrix, type Neighbors } from '@shoal/core';
import {
  assertQueries,
  assertRowIndices,
  Destroyable,
  type NeighborSearchOptions,
  type NeighborSearchSession,
} from '@shoal/core/engine-kit';
import type { Runtime, SessionMemory } from '../memory.ts';
import { ResidentPoints } from '../resident-points.ts';
import type { WorkOptions } from '../work.ts';
import { planNeighbors, type NeighborPlan } from './plan.ts';

/** Nearest neighbors in WebAssembly: every pair is compared, by differences in float32, or by differences of bytes. */
export class WasmNeighborSearchSession extends Destroyable implements NeighborSearchSession {
  readonly rows: number;
  readonly columns: number;
  readonly neighbors: number;

  readonly #plan: NeighborPlan;
  readonly #memory: SessionMemory;
  readonly #signal: AbortSignal | undefined;

  /**
   * @throws {UnsupportedError} when the session needs more than 4 GiB
   * @throws {DeviceError} when there is too little memory, or a thread ends unexpectedly
   * @throws {DataError} when a value is NaN or infinite
   */
  static async create(
    runtime: Runtime,
    source: Matrix,
    options: NeighborSearchOptions,
    work: WorkOptions,
  ): Promise<WasmNeighborSearchSession> {
    const plan = planNeighbors(source, options.neighbors, work);
    const memory = await runtime.allocate(plan.layout, plan.threads);
    try {
      memory.configure(plan.globalsOf);
      await new ResidentPoints(plan.points, memory, source, undefined).summarize(source, {
        signal: options.signal,
      });
      // Differences of the original values are rounded once; values minus a shift would be rounded before that, too.
      memory.floats(plan.globals.shift, source.columns).fill(0);
      return new WasmNeighborSearchSession(plan, memory, options);
    } catch (error) {
      memory.free();
      throw error;
    }
  }

  private constructor(
    plan: NeighborPlan,
    memory: SessionMemory,
    { neighbors, signal }: NeighborSearchOptions,
  ) {
    super();
    this.rows = plan.globals.rows;
    this.columns = plan.globals.columns;
    this.neighbors = neighbors;
    this.#plan = plan;
    this.#memory = memory;
    this.#signal = signal;
  }

  async nearestToRows(start: number, count: number): Promise<Neighbors> {
    this.#memory.assertLive();
    if (count > 0) assertRowIndices([start, start + count - 1], this.rows);
    return this.#inTables(count, (first, rows, chunks) =>
      this.#memory.run('searchRows', chunks, this.#signal, start + first, start + first + rows),
    );
  }

  async nearestTo(queries: Matrix): Promise<Neighbors> {
    this.#memory.assertLive();
    assertQueries(queries, this.columns);
    return this.#inTables(queries.rows, (first, rows, chunks) => {
      this.#loadQueries(queries, first, rows);
      return this.#memory.run('searchQueries', chunks, this.#signal, rows);
    });
  }

  destroy(): void {
    this.#memory.free();
  }

  /** Searches for as many queries at a time as the table holds, and copies out the results. */
  async #inTables(
    count: number,
    search: (first: number, rows: number, chunks: number) => Promise<void>,
  ): Promise<Neighbors> {
    const { neighbors } = this;
    const { tableRows, globals, points } = this.#plan;
    const indices = new Uint32Array(count * neighbors);
    const distances = new Float32Array(count * neighbors);
    for (let first = 0; first < count; first += tableRows) {
      const rows = Math.min(tableRows, count - first);
      await search(first, rows, Math.ceil(rows / globals.chunkRows));
      indices.set(this.#memory.words(globals.foundRows, rows * neighbors), first * neighbors);
      const squares = this.#memory.floats(globals.foundSquares, rows * neighbors);
      for (let i = 0; i < squares.length; i++) {
        distances[first * neighbors + i] = requireFinite(Math.sqrt(squares[i]) * points.unit);
      }
    }
    return { indices, distances };
  }

  /** Writes queries in the form in which the kernels see the points: in the same unit, and rounded in the same way. */
  #loadQueries({ data, columns, scale }: Matrix, first: number, rows: number): void {
    const { stride, globals, points } = this.#plan;
    const table = this.#memory.floats(globals.queryTable, rows * stride).fill(0);
    const factor = scale / points.unit;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        table[i * stride + j] = data[(first + i) * columns + j] * factor;
      }
    }
  }
}

function requireFinite(distance: number): number {
  if (Number.isFinite(distance)) return distance;
  throw new DataError(
    `A distance is ${distance}: the values are too large for float32; scale the columns first.`,
  );
}
