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

/** Where a layout begins. */
export interface LayoutStart {
  /** N x d. */
  readonly positions: Float32Array;
  /** Vertices, or anchors, that edges may lead to. */
  readonly reachable: number;
}

/** The layout of a graph in WebAssembly, in float32, with forces out of tables. The same bits for any number of threads. */
export class WasmGraphLayoutSession extends Destroyable implements GraphLayoutSession {
  readonly vertices: number;
  readonly dimensions: number;

  readonly #plan: GraphLayoutPlan;
  readonly #memory: SessionMemory;
  readonly #options: GraphLayoutOptions;
  #completed = 0;

  /**
   * @throws {UnsupportedError} when the session would need more than 4 GiB
   * @throws {DeviceError} when there is too little memory, or a thread dies
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
      const { settings, stride, blocks } = plan;
      memory.configure(() => settings);
      memory.words(settings.blockOffsets, blocks.length).set(blocks);
      const words = memory.words(settings.edgeBlocks, WORDS_OF_BLOCK * blocks[settings.vertices]);
      fillEdgeBlocks(graph, pullPhases(graph, options.seed), blocks, words.fill(0));
      const loadPlaces = (values: Float32Array, at: number) => {
        const padded = memory.floats(at, (values.length / options.dimensions) * stride);
        padRows(values, options.dimensions, padded);
      };
      loadPlaces(positions, settings.evenPlaces);
      if (options.anchors !== undefined) loadPlaces(options.anchors, settings.anchorPlaces);
      for (const [table, at] of [
        [attractionTable(options), settings.attractions],
        [repulsionTable(options), settings.repulsions],
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
    this.vertices = plan.settings.vertices;
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
    const { settings, stride } = this.#plan;
    const { vertices, dimensions } = this;
    const at = this.#completed % 2 === 0 ? settings.evenPlaces : settings.oddPlaces;
    return unpadRows(this.#memory.floats(at, vertices * stride), stride, dimensions);
  }

  destroy(): void {
    this.#memory.free();
  }
}
