import { hash32, type SparseGraph } from '@shoal/core';
import {
  assertLayout,
  Destroyable,
  type GraphLayoutOptions,
  type GraphLayoutSession,
  pullPhases,
} from '@shoal/core/engine-kit';
import {
  layoutLoad,
  moveVerticesCost,
  moveVerticesGrid,
  moveVerticesRules,
  moveVerticesStep,
  moveVerticesWork,
  placeFormat,
  type PlaceFormat,
} from '../../kernels/layout/move-vertices.ts';
import type { BufferScope } from '../../runtime/buffers.ts';
import type { DeviceContext } from '../../runtime/device.ts';
import { Commands, type Dispatch } from '../../runtime/dispatch.ts';
import { bindKernel, type Pipeline } from '../../runtime/pipeline-cache.ts';
import { requireBindable } from '../../points/resources.ts';

/** Steps whose parameters are on the device at a time; even, because steps alternate between two buffers. */
const SLOTS = 64;
/** Bytes from the parameters of one step to those of the next: the alignment of uniforms. */
const SLOT_BYTES = 256;

interface Made {
  /** Positions of vertices: after an even number of steps in the first buffer, else in the second. */
  readonly places: readonly [GPUBuffer, GPUBuffer];
  /** Parameters of the next steps. */
  readonly schedule: GPUBuffer;
  /** Dispatch `t mod SLOTS` runs step t. */
  readonly dispatches: readonly Dispatch[];
}

/** The layout of a graph on a WebGPU device, in float32. */
export class WebGpuGraphLayoutSession extends Destroyable implements GraphLayoutSession {
  readonly vertices: number;
  readonly dimensions: number;
  readonly #context: DeviceContext;
  readonly #scope: BufferScope;
  readonly #made: Made;
  readonly #options: GraphLayoutOptions;
  #completed: number;

  private constructor(
    context: DeviceContext,
    scope: BufferScope,
    made: Made,
    vertices: number,
    options: GraphLayoutOptions,
    completed: number,
  ) {
    super();
    this.vertices = vertices;
    this.dimensions = options.dimensions;
    this.#context = context;
    this.#scope = scope;
    this.#made = made;
    this.#options = options;
    this.#completed = completed;
  }

  /**
   * Uploads the graph.
   *
   * @param completed number of steps before `positions`
   * @throws {ShapeError} when lengths disagree
   * @throws {InvalidArgumentError} when a value is out of its range
   * @throws {UnsupportedError} when edges or positions exceed what the device can bind
   * @throws {DeviceError} when the device fails or runs out of memory
   */
  static async create(
    context: DeviceContext,
    graph: SparseGraph,
    positions: Float32Array,
    options: GraphLayoutOptions,
    completed = 0,
  ): Promise<WebGpuGraphLayoutSession> {
    const reachable = assertLayout(graph, positions, options);
    const vertices = graph.offsets.length - 1;
    const format = placeFormat(options.dimensions);
    const bindings = {
      'the offsets of the vertices': graph.offsets.byteLength,
      'the edges': graph.targets.byteLength,
      'the positions': 4 * vertices * format.width,
      'the anchors': 4 * reachable * format.width,
    };
    requireBindable(context, bindings, 'use a smaller graph');
    options.signal?.throwIfAborted();
    const scope = context.createScope();
    try {
      const pipeline = await context.pipelines.get(format.kernel, format.constants);
      const made = await context.guard('uploading a graph', () =>
        make(context, scope, pipeline, format, { graph, positions, options, reachable, completed }),
      );
      return new WebGpuGraphLayoutSession(context, scope, made, vertices, options, completed);
    } catch (error) {
      scope.destroy();
      throw error;
    }
  }

  get completed(): number {
    return this.#completed;
  }

  async step(count: number): Promise<void> {
    const end = Math.min(this.#options.steps, this.#completed + count);
    const commands = new Commands(this.#context, 'laying out a graph', this.#options.signal);
    while (this.#completed < end) {
      const first = this.#completed;
      const last = Math.min(end, first - (first % SLOTS) + SLOTS);
      await this.#schedule(first, last);
      await commands.dispatchAll(this.#made.dispatches.slice(first % SLOTS, (first % SLOTS) + last - first));
      await commands.submit();
      this.#completed = last;
    }
    await commands.finish();
  }

  async readPositions(): Promise<Float32Array> {
    const { width } = placeFormat(this.dimensions);
    const buffer = this.#made.places[this.#completed % 2];
    const size = 4 * this.vertices * width;
    const commands = new Commands(this.#context, 'reading a layout', this.#options.signal);
    const bytes = await commands.read(this.#scope, { buffer, offset: 0, size });
    return changeWidth(new Float32Array(bytes), width, this.dimensions);
  }

  destroy(): void {
    this.#scope.destroy();
  }

  /** Queues the parameters of some steps, after all submitted steps. */
  async #schedule(first: number, last: number): Promise<void> {
    const { seed, learningRate, steps } = this.#options;
    const bytes = new Uint8Array((last - first) * SLOT_BYTES);
    for (let t = first; t < last; t++) {
      const params = moveVerticesStep(t, hash32(seed, t), learningRate * (1 - t / steps));
      bytes.set(new Uint8Array(params), (t - first) * SLOT_BYTES);
    }
    await this.#context.guard('laying out a graph', () => {
      this.#scope.write(this.#made.schedule, bytes, (first % SLOTS) * SLOT_BYTES);
    });
  }
}

interface Input {
  readonly graph: SparseGraph;
  readonly positions: Float32Array;
  readonly options: GraphLayoutOptions;
  readonly reachable: number;
  readonly completed: number;
}

function make(
  context: DeviceContext,
  scope: BufferScope,
  pipeline: Pipeline<keyof PlaceFormat['kernel']['bindings']>,
  { width }: PlaceFormat,
  { graph, positions, options, reachable, completed }: Input,
): Made {
  const { dimensions, anchors } = options;
  const vertices = graph.offsets.length - 1;
  const size = 4 * vertices * width;
  const places = [scope.storage('positions', size), scope.storage('positions', size)] as const;
  scope.write(places[completed % 2], changeWidth(positions, dimensions, width));
  const fixed = anchors && scope.upload('anchors', changeWidth(anchors, dimensions, width));
  const shared = {
    offsets: scope.upload('offsets of edges', graph.offsets),
    targets: scope.upload('targets of edges', graph.targets),
    rates: scope.upload('rates of edges', graph.rates),
    phases: scope.upload('phases of edges', pullPhases(graph, options.seed)),
    rules: scope.uniform('move-vertices', moveVerticesRules(vertices, reachable, options)),
  };
  const schedule = scope.uniform('steps', new ArrayBuffer(SLOTS * SLOT_BYTES));
  const load = layoutLoad(vertices, graph.rates, options);
  const shape = {
    grid: moveVerticesGrid(vertices),
    cost: moveVerticesCost(load, width),
    work: moveVerticesWork(load, width),
  };
  const dispatches = Array.from({ length: SLOTS }, (_, slot): Dispatch => {
    const current = places[slot % 2];
    const now = { buffer: schedule, offset: slot * SLOT_BYTES, size: 16 };
    const used = { ...shared, current, next: places[(slot + 1) % 2], others: fixed ?? current, now };
    return { bound: bindKernel(context.device, pipeline, used), ...shape };
  });
  return { places, schedule, dispatches };
}

/** The same rows with another number of columns: truncated, or filled with zeros. */
function changeWidth(values: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return values;
  const out = new Float32Array((values.length / from) * to);
  for (let read = 0, write = 0; read < values.length; read += from, write += to) {
    out.set(values.subarray(read, read + Math.min(from, to)), write);
  }
  return out;
}
