import { Destroyable } from '../../../destroyable.ts';
import { hash32 } from '../../../random.ts';
import {
  PARTS_OF_NEGATIVE,
  RATE_OF_ONE,
  type GraphLayoutOptions,
  type GraphLayoutSession,
  type SparseGraph,
} from '../../layout/session.ts';
import { pullPhases } from '../../layout/pull-phases.ts';
import { chunkRows, forEachChunk } from '../../../chunks.ts';
import { SessionLife, type EngineLife } from '../life.ts';

/** Greatest distance that one pull or push moves a coordinate, before the learning rate. */
const MAX_MOVE = 4;
/** Keeps the repulsion of two vertices at the same place finite. */
const NEAREST_SQUARE = 0.001;

/** The layout of a graph in plain loops and float64, positions in float32. */
export class ReferenceGraphLayoutSession extends Destroyable implements GraphLayoutSession {
  readonly vertices: number;
  readonly dimensions: number;

  readonly #life: SessionLife;
  readonly #graph: SparseGraph;
  readonly #options: GraphLayoutOptions;
  readonly #anchors: Float32Array | undefined;
  readonly #phases: Uint32Array;
  #positions: Float32Array;
  #completed = 0;

  constructor(graph: SparseGraph, positions: Float32Array, options: GraphLayoutOptions, life: EngineLife) {
    super();
    this.#life = new SessionLife('layout', life);
    this.vertices = graph.offsets.length - 1;
    this.dimensions = options.dimensions;
    this.#graph = graph;
    this.#options = options;
    this.#anchors = options.anchors;
    this.#phases = pullPhases(graph, options.seed);
    this.#positions = positions.slice();
  }

  get completed(): number {
    return this.#completed;
  }

  async step(count: number): Promise<void> {
    this.#life.assertAlive();
    const end = Math.min(this.#options.steps, this.#completed + count);
    while (this.#completed < end) {
      const next = new Float32Array(this.#positions.length);
      const operations = (10 * this.dimensions * this.#graph.targets.length) / this.vertices;
      await forEachChunk(this.vertices, chunkRows(operations), this.#options.signal, (first, last) => {
        for (let i = first; i < last; i++) next.set(this.#move(i), i * this.dimensions);
      });
      this.#positions = next;
      this.#completed++;
    }
  }

  async readPositions(): Promise<Float32Array> {
    this.#life.assertAlive();
    return this.#positions.slice();
  }

  destroy(): void {
    this.#life.end();
  }

  /** Where vertex i is after the step. */
  #move(i: number): Float64Array {
    const { dimensions } = this;
    const { offsets, targets, rates } = this.#graph;
    const { negatives, learningRate, steps, seed } = this.#options;
    const t = this.#completed;
    const rate = learningRate * (1 - t / steps);
    const y = Float64Array.from(this.#positions.subarray(i * dimensions, (i + 1) * dimensions));
    const others = this.#anchors ?? this.#positions;
    const reachable = others.length / dimensions;
    const stream = hash32(hash32(seed, t), i);
    let pushes = 0;
    for (let edge = offsets[i]; edge < offsets[i + 1]; edge++) {
      const own = t * rates[edge] + (this.#phases[edge] & 0xffff);
      const ownAfter = Math.floor((own + rates[edge]) / RATE_OF_ONE);
      for (let pull = Math.floor(own / RATE_OF_ONE); pull < ownAfter; pull++) {
        this.#apply(y, others, targets[edge], rate, this.#attraction);
        const last = pushes + pushesOfFirst(pull + 1, negatives) - pushesOfFirst(pull, negatives);
        for (; pushes < last; pushes++) {
          const other = hash32(stream, pushes) % reachable;
          if (this.#anchors === undefined && other === i) continue;
          this.#apply(y, others, other, rate, this.#repulsion);
        }
      }
      if (this.#anchors !== undefined) continue;
      const opposite = t * rates[edge] + (this.#phases[edge] >>> 16);
      const oppositeAfter = Math.floor((opposite + rates[edge]) / RATE_OF_ONE);
      for (let pull = Math.floor(opposite / RATE_OF_ONE); pull < oppositeAfter; pull++) {
        this.#apply(y, others, targets[edge], rate, this.#attraction);
      }
    }
    return y;
  }

  #apply(
    y: Float64Array,
    others: Float32Array,
    other: number,
    rate: number,
    force: (square: number) => number,
  ): void {
    const from = other * y.length;
    let square = 0;
    for (let c = 0; c < y.length; c++) square += (y[c] - others[from + c]) ** 2;
    const factor = force(square);
    for (let c = 0; c < y.length; c++) {
      const move = factor * (y[c] - others[from + c]);
      y[c] += rate * Math.min(MAX_MOVE, Math.max(-MAX_MOVE, move));
    }
  }

  readonly #attraction = (square: number): number => {
    if (square === 0) return 0;
    const { a, b } = this.#options;
    return (-2 * a * b * square ** (b - 1)) / (1 + a * square ** b);
  };

  readonly #repulsion = (square: number): number => {
    const { a, b, repulsion } = this.#options;
    return (2 * repulsion * b) / ((NEAREST_SQUARE + square) * (1 + a * square ** b));
  };
}

/** Number of pushes in an edge's first `pulls` pulls. */
function pushesOfFirst(pulls: number, negatives: number): number {
  return Math.floor((pulls * Math.round(negatives * PARTS_OF_NEGATIVE)) / PARTS_OF_NEGATIVE);
}
