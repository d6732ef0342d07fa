import { NO_CLUSTER, type LeastEdges, type Matrix } from '@shoal/core';
import {
  assertComponents,
  assertLength,
  assertSquare,
  Destroyable,
  type SpanningOptions,
  type SpanningSession,
} from '@shoal/core/engine-kit';
import type { Runtime, SessionMemory } from '../memory.ts';
import type { WorkOptions } from '../work.ts';
import { planSpanning, type SpanningPlan } from './plan.ts';
import { planSketch, type SketchPlan } from './sketch.ts';
import { frameWords } from './word-frame.ts';
import { holdValues, type HeldValues } from './values.ts';

/** Nodes of a level from which on each is divided, with all below it, by one call. */
const SUBTREES = 64;
/** How often the search for core distances reports. */
const REPORTS = 16;

/**
 * Spanning trees and radii in WebAssembly: a k-d tree over sketches of the points in float32 leaves few pairs, whose distances are
 * computed in float64. They have the same bits as the reference's.
 */
export class WasmSpanningSession extends Destroyable implements SpanningSession {
  readonly rows: number;
  readonly columns: number;

  readonly #plan: SpanningPlan;
  readonly #memory: SessionMemory;
  readonly #signal: AbortSignal | undefined;
  #isListed = false;

  /**
   * @throws {UnsupportedError} when the session needs more than 4 GiB
   * @throws {DeviceError} when there is too little memory, or a thread ends unexpectedly
   * @throws {DataError} when a value is NaN or infinite, or squares of distances are too large for float64
   */
  static async create(
    runtime: Runtime,
    source: Matrix,
    { minSamples, signal }: SpanningOptions,
    work: WorkOptions,
  ): Promise<WasmSpanningSession> {
    const sketch = await planSketch(source, signal);
    const held = holdValues(source, sketch.reach);
    const plan = planSpanning(source, held, sketch, minSamples, work);
    const memory = await runtime.allocate(plan.layout, plan.threads);
    try {
      memory.configure(plan.globalsOf);
      const session = new WasmSpanningSession(plan, memory, signal);
      await session.#plant(held, sketch);
      return session;
    } catch (error) {
      memory.free();
      throw error;
    }
  }

  private constructor(plan: SpanningPlan, memory: SessionMemory, signal: AbortSignal | undefined) {
    super();
    this.rows = plan.globals.rows;
    this.columns = plan.globals.columns;
    this.#plan = plan;
    this.#memory = memory;
    this.#signal = signal;
  }

  async coreSquares(onRows?: (rows: number) => void): Promise<Float64Array> {
    this.#memory.assertLive();
    await this.#list(onRows);
    const { rows, coreSquares } = this.#plan.globals;
    return this.#byRow(this.#memory.doubles(coreSquares, rows), new Float64Array(rows));
  }

  async leastEdges(components: Uint32Array, count: number, spared = NO_CLUSTER): Promise<LeastEdges> {
    this.#memory.assertLive();
    assertComponents(components, count, this.rows);
    await this.#list();
    const { globals, leafCalls } = this.#plan;
    const memory = this.#memory;
    this.#byPlace(components, memory.words(globals.placeComponents, this.rows));
    memory.doubles(globals.componentWeights, count).fill(Infinity);
    await memory.run('labelLeaves', leafCalls, this.#signal);
    memory.kernels.labelNodes();
    await memory.run('resolveLeaves', leafCalls, this.#signal, spared);
    await memory.run('searchLeaves', leafCalls, this.#signal, spared);
    memory.kernels.pickEdges(count, spared);
    const places = memory.words(globals.componentPlaces, count);
    const ends = memory.words(globals.edgePlaces, this.rows);
    const placeRows = memory.words(globals.placeRows, this.rows);
    const squares = memory.doubles(globals.edgeSquares, this.rows);
    return {
      from: places.map((place, component) => (component === spared ? 0 : placeRows[place])),
      to: places.map((place, component) => (component === spared ? 0 : placeRows[ends[place]])),
      weights: memory.doubles(globals.componentWeights, count).slice(),
      squares: Float64Array.from(places, (place, component) =>
        component === spared ? Infinity : squares[place],
      ),
    };
  }

  async countWithin(square: number): Promise<Uint32Array> {
    this.#memory.assertLive();
    assertSquare(square);
    const { globals, leafCalls } = this.#plan;
    this.#memory.words(globals.radiusCounts, this.rows).fill(0);
    await this.#memory.run('countWithin', leafCalls, this.#signal, square);
    return this.#byRow(this.#memory.words(globals.radiusCounts, this.rows), new Uint32Array(this.rows));
  }

  async joinWithin(square: number, isCore: Uint8Array): Promise<Uint32Array> {
    this.#memory.assertLive();
    assertSquare(square);
    assertLength('The core points', isCore, this.rows);
    const { globals, leafCalls } = this.#plan;
    const memory = this.#memory;
    this.#byPlace(isCore, memory.bytes(globals.isCore, this.rows));
    const parents = memory.words(globals.parents, this.rows);
    for (let place = 0; place < this.rows; place++) parents[place] = place;
    await memory.run('joinWithin', leafCalls, this.#signal, square);
    await memory.run('attachWithin', leafCalls, this.#signal, square);
    return this.#byRow(
      memory.words(globals.rootRows, this.rows),
      new Uint32Array(this.rows).fill(NO_CLUSTER),
    );
  }

  destroy(): void {
    this.#memory.free();
  }

  /** Builds the tree; then values are in the order of its leaves. */
  async #plant(held: HeldValues, { center, directions, directionCount }: SketchPlan): Promise<void> {
    const { globals, rowCalls, leafCalls } = this.#plan;
    const { rows, columns, leaves } = globals;
    const memory = this.#memory;
    const placeRows = memory.words(globals.placeRows, rows);
    for (let row = 0; row < rows; row++) placeRows[row] = row;
    this.#values(held).set(held.data);
    memory.doubles(globals.sketchCenter, columns).set(center);
    const stride = 2 * Math.ceil(columns / 2);
    const padded = memory.doubles(globals.directions, directionCount * stride);
    for (let d = 0; d < directionCount; d++) {
      padded.set(directions.subarray(d * columns, (d + 1) * columns), d * stride);
    }
    await memory.run('sketchChunk', rowCalls, this.#signal);
    let level = 1;
    for (; level < Math.min(leaves, SUBTREES); level *= 2) {
      await memory.run('splitNode', level, this.#signal, level);
    }
    await memory.run('splitSubtree', level, this.#signal, level);
    const { wordFrame, sketchColumns, sketches } = globals;
    if (directionCount > 0) {
      const stridden = memory.floats(sketches, 4 * Math.ceil(sketchColumns / 4) * rows);
      const frame = frameWords(stridden, rows, sketchColumns);
      memory.doubles(wordFrame, frame.length).set(frame);
    }
    memory.kernels.tabulateBits();
    await memory.run('packLeaves', leafCalls, this.#signal);
    this.#orderValues(held);
    memory.words(globals.edgePlaces, rows).fill(0xffffffff);
  }

  /** The room of the values. */
  #values({ data }: HeldValues): Uint8Array | Float32Array | Float64Array {
    const { values } = this.#plan.globals;
    if (data instanceof Uint8Array) return this.#memory.bytes(values, data.length);
    if (data instanceof Float32Array) return this.#memory.floats(values, data.length);
    return this.#memory.doubles(values, data.length);
  }

  /** Writes the values in the order of places. */
  #orderValues(held: HeldValues): void {
    const { rows, columns, placeRows } = this.#plan.globals;
    const { data } = held;
    const to = this.#values(held);
    const order = this.#memory.words(placeRows, rows);
    for (let place = 0, at = 0; place < rows; place++) {
      const from = order[place] * columns;
      for (let j = 0; j < columns; j++) to[at++] = data[from + j];
    }
  }

  /** Finds the nearest points of each point, unless they are known. */
  async #list(onRows?: (rows: number) => void): Promise<void> {
    if (this.#isListed) return;
    const { leaves, callLeaves, rows } = this.#plan.globals;
    const part = callLeaves * Math.ceil(this.#plan.leafCalls / REPORTS);
    for (let first = 0; first < leaves; first += part) {
      const end = Math.min(leaves, first + part);
      await this.#memory.run('listLeaves', Math.ceil((end - first) / callLeaves), this.#signal, first);
      onRows?.(Math.floor((end * rows) / leaves));
    }
    this.#isListed = true;
  }

  #byPlace(ofRows: ArrayLike<number>, ofPlaces: Uint8Array | Uint32Array): void {
    const order = this.#memory.words(this.#plan.globals.placeRows, this.rows);
    for (let place = 0; place < this.rows; place++) ofPlaces[place] = ofRows[order[place]];
  }

  #byRow<Values extends Uint32Array | Float64Array>(ofPlaces: Values, ofRows: Values): Values {
    const order = this.#memory.words(this.#plan.globals.placeRows, this.rows);
    for (let place = 0; place < this.rows; place++) ofRows[order[place]] = ofPlaces[place];
    return ofRows;
  }
}
