import { hash32, type SparseGraph } from '@shoal/core';
import {
  Destroyable,
  type GraphLayoutOptions,
  type GraphLayoutSession,
  pullPhases,
} from '@shoal/core/engine-kit';
import type { Runtime, SessionMemory } from '../memory.ts';
import { padRows, unpadRows } from '../padding.ts';
import type { WorkOptions } from '../work.ts';
import { fillEdgeBlocks, WORDS_OF_BLOCK } from './edge-blocks.ts';
import { attractionTable, repulsionTable } from './force-table.ts';
import { planGraphLayout, type GraphLayoutPlan } from './plan.ts';

/** The start of a layout. */
export interface LayoutStart {
  /** N x d. */
  readonly positions: Float32Array;
  /** Number of vertices, or of anchors, that edges may lead to. */
  readonly reachable: number;
}

/**
 * The layout of a graph in WebAssembly, in float32, with forces from tables. It has the same bits for any number of threads.
 */
export class WasmGraphLayoutSession extends Destroyable implements GraphLayoutSession {
  readonly vertices: number;
  readonly dimensions: number;

  readonly #plan: GraphLayoutPlan;
  readonly #memory: SessionMemory;
  readonly #options: GraphLayoutOptions;
  #completed = 0;

  /**
   * @throws {UnsupportedError} when the session needs more than 4 GiB
   * @throws {DeviceError} when there is too little memory, or a thread ends unexpectedly
   */
  static async create(
    runtime: Runtime,
    graph: SparseGraph,
    { positions, reachable }: LayoutStart,
    options: GraphLayoutOptions,
    work: WorkOptions,
  ): Promise<WasmGraphLayoutSession> {
    options.signal?.throwIfAborted();
    const plan = planGraphLayout(graph, reachable, options, work);
    const memory = await runtime.allocate(plan.layout, plan.threads);
    try {
      const { globals, stride, blocks } = plan;
      memory.configure(() => globals);
      memory.words(globals.blockOffsets, blocks.length).set(blocks);
      const words = memory.words(globals.edgeBlocks, WORDS_OF_BLOCK * blocks[globals.vertices]);
      fillEdgeBlocks(graph, pullPhases(graph, options.seed), blocks, words.fill(0));
      const loadPlaces = (values: Float32Array, at: number) => {
        const padded = memory.floats(at, (values.length / options.dimensions) * stride);
        padRows(values, options.dimensions, padded);
      };
      loadPlaces(positions, globals.evenPlaces);
      if (options.anchors !== undefined) loadPlaces(options.anchors, globals.anchorPlaces);
      for (const [table, at] of [
        [attractionTable(options), globals.attractions],
        [repulsionTable(options), globals.repulsions],
      ] as const) {
        memory.floats(at, table.length).set(table);
      }
      return new WasmGraphLayoutSession(plan, memory, options);
    } catch (error) {
      memory.free();
      throw error;
    }
  }

  private constructor(plan: GraphLayoutPlan, memory: SessionMemory, options: GraphLayoutOptions) {
    super();
    this.vertices = plan.globals.vertices;
    this.dimensions = options.dimensions;
    this.#plan = plan;
    this.#memory = memory;
    this.#options = options;
  }

  get completed(): number {
    return this.#completed;
  }

  async step(count: number): Promise<void> {
    this.#memory.assertLive();
    const { steps, learningRate, seed, signal } = this.#options;
    const end = Math.min(steps, this.#completed + count);
    while (this.#completed < end) {
      const t = this.#completed;
      const rate = learningRate * (1 - t / steps);
      await this.#memory.run('moveVertices', this.#plan.chunks, signal, t, hash32(seed, t), rate);
      this.#completed++;
    }
  }

  async readPositions(): Promise<Float32Array> {
    const { globals, stride } = this.#plan;
    const { vertices, dimensions } = this;
    const at = this.#completed % 2 === 0 ? globals.evenPlaces : globals.oddPlaces;
    return unpadRows(this.#memory.floats(at, vertices * stride), stride, dimensions);
  }

  destroy(): void {
    this.#memory.free();
  }
}
