import {
  assertFinite,
  type Engine,
  InvalidArgumentError,
  matrix,
  type Matrix,
  type Neighbors,
  type PointsLike,
  pointsOf,
  Random,
  ShapeError,
} from '@shoal/core';
import { engineOrDefault, NEIGHBOR_SEARCHES, nnDescent, requireOneOf } from '@shoal/core/model-kit';
import { findComponents } from '../graph/components.ts';
import { fuzzyUnion } from '../graph/fuzzy-graph.ts';
import { useGivenNeighbors } from '../graph/given-neighbors.ts';
import { memberships } from '../graph/memberships.ts';
import { findNearest } from '../graph/nearest.ts';
import { warnOfFarStart } from '../layout/far-start.ts';
import { layOut } from '../layout/lay-out.ts';
import { scheduleEdges } from '../layout/schedule.ts';
import { similarityCurve } from '../layout/similarity-curve.ts';
import { startingPositions } from '../layout/starting-positions.ts';
import { distancesIn, toSearched, UMAP_INITS } from './metric.ts';
import { UmapModel } from './model.ts';
import { requireUmapSettings, STEPS_PER_EPOCH } from './settings.ts';
import type { UmapFitOptions, UmapInit, UmapNeighborSearch, UmapOptions, UmapSettings } from './types.ts';

/** Up to this number of points there are more epochs. */
const FEW_POINTS = 10_000;

/**
 * UMAP: points placed in few dimensions so that near ones stay near (McInnes, Healy & Melville, "UMAP: Uniform Manifold
 * Approximation and Projection for Dimension Reduction", arXiv 1802.03426, 2018). Defaults are those of umap-learn.
 *
 * It differs from umap-learn in two ways. Neighbors are exact by default. And an epoch is cut into eight steps: in a
 * step every point moves by itself, and sees the other points where they were at the start of the step; an edge that
 * pulls does so at both of its ends. So the result does not depend on the number of threads, and is the same, bit for
 * bit, for the same points, options and engine.
 *
 * @example
 * const model = await new Umap({ dimensions: 10, neighbors: 20, minDist: 0, engine }).fit(codes);
 * const placed = await model.transform(newCodes);
 */
export class Umap {
  readonly #settings: UmapSettings;
  readonly #init: UmapInit | Matrix;
  readonly #search: UmapNeighborSearch;
  readonly #engine: Engine | undefined;

  /** @throws {InvalidArgumentError} when an option is out of range or of the wrong kind */
  constructor(options: UmapOptions = {}) {
    this.#settings = requireUmapSettings({
      dimensions: options.dimensions ?? 2,
      neighbors: options.neighbors ?? 15,
      minDist: options.minDist ?? 0.1,
      spread: options.spread ?? 1,
      epochs: options.epochs,
      learningRate: options.learningRate ?? 1,
      negativeSampleRate: options.negativeSampleRate ?? 5,
      repulsion: options.repulsion ?? 1,
      metric: options.metric ?? 'euclidean',
      seed: options.seed ?? 0,
    });
    const init = options.init ?? 'spectral';
    this.#init =
      typeof init === 'object'
        ? requireStart(init, this.#settings.dimensions)
        : requireOneOf('init', init, UMAP_INITS);
    this.#search = requireOneOf('neighborSearch', options.neighborSearch ?? 'exact', NEIGHBOR_SEARCHES);
    this.#engine = options.engine;
  }

  /**
   * Embeds the points.
   *
   * @param given N x D: rows of numbers, `{ data, columns }`, a matrix, or points on the engine's device; left unchanged
   * @throws {InvalidArgumentError} when there are fewer points than `neighbors`
   * @throws {ShapeError} when the start or the neighbors do not have one row for each point
   * @throws {DataError} when points or given distances are NaN or infinite
   * @throws {UnsupportedError} when the points live on another device or exceed the engine's limits
   * @throws {DeviceError} when the device fails
   * @throws the signal's reason when it is aborted
   */
  async fit(given: PointsLike, options: UmapFitOptions = {}): Promise<UmapModel> {
    const points = pointsOf(given);
    const { signal, onProgress, onLayout } = options;
    const { dimensions, neighbors, minDist, spread, metric, seed } = this.#settings;
    const engine = await engineOrDefault(this.#engine);
    if (points.rows < neighbors) {
      throw new InvalidArgumentError(
        `Neighborhoods of ${neighbors} need as many points; got ${points.rows}. Ask for fewer neighbors.`,
      );
    }
    if (typeof this.#init === 'object' && this.#init.rows !== points.rows) {
      throw new ShapeError(
        `The start has ${this.#init.rows} rows but there are ${points.rows} points; give one row for each.`,
      );
    }
    const clock = new Stopwatch();
    // On the host, because new points are compared with them later.
    const host = points.location === 'device' ? await engine.download(points) : points;
    const searched = await toSearched(host, metric, engine, signal);
    const found = await this.#neighborsOf(searched, engine, options);
    clock.lap('neighbors');
    const graph = graphOf(found, neighbors);
    signal?.throwIfAborted();
    clock.lap('graph');
    const random = new Random(seed);
    const parts = findComponents(graph);
    const positions = await startingPositions(searched, graph, {
      init: this.#init,
      components: parts,
      dimensions,
      engine,
      random,
      signal,
      onProgress,
    });
    clock.lap('start');
    const epochs = this.#settings.epochs ?? (points.rows <= FEW_POINTS ? 500 : 200);
    const embedding = await layOut(scheduleEdges(graph, epochs, STEPS_PER_EPOCH), positions, {
      ...similarityCurve(minDist, spread),
      dimensions,
      repulsion: this.#settings.repulsion,
      negatives: this.#settings.negativeSampleRate,
      learningRate: this.#settings.learningRate,
      epochs,
      stepsPerEpoch: STEPS_PER_EPOCH,
      seed: random.uint32(),
      engine,
      signal,
      onEpochs: async (epoch, readPositions) => {
        onProgress?.({ phase: 'layout', completed: epoch, total: epochs });
        await onLayout?.({ epoch, epochs, readPositions });
      },
    });
    clock.lap('layout');
    return new UmapModel(
      {
        settings: { ...this.#settings, epochs },
        embedding: matrix(embedding, points.rows, dimensions),
        points: searched,
        graph,
        warnings: [
          ...(typeof this.#init === 'object' ? warnOfFarStart(this.#init) : []),
          ...(this.#search === 'exact' || options.neighbors !== undefined
            ? []
            : ['Neighbors were found by NN-descent, which may miss some.']),
          ...(parts.count > 1
            ? [
                `The neighbor graph is in ${parts.count} parts that share no edge. Distances between parts on the map mean ` +
                  'nothing; more neighbors may connect them.',
              ]
            : []),
        ],
        timings: clock.laps,
      },
      engine,
    );
  }

  /** With distances in the metric. */
  async #neighborsOf(
    searched: Matrix,
    engine: Engine,
    { signal, onProgress, neighbors }: UmapFitOptions,
  ): Promise<Neighbors> {
    const wanted = this.#settings.neighbors - 1;
    if (neighbors !== undefined) return useGivenNeighbors(neighbors, searched.rows, wanted);
    const search = { neighbors: wanted, signal, onProgress };
    const { indices, distances } =
      this.#search === 'exact'
        ? await findNearest(searched, undefined, { ...search, engine })
        : await nnDescent(searched, { ...search, random: new Random(this.#settings.seed) });
    return { indices, distances: distancesIn(this.#settings.metric, distances) };
  }
}

/** @returns the start */
function requireStart(start: Matrix, dimensions: number): Matrix {
  if (start.columns !== dimensions) {
    throw new ShapeError(
      `The start has ${start.columns} columns but the embedding ${dimensions}; they must be the same.`,
    );
  }
  assertFinite(start);
  return start;
}

function graphOf({ indices, distances }: Neighbors, neighbors: number) {
  const others = neighbors - 1;
  const members = memberships(distances, {
    neighbors: others,
    effective: neighbors,
    connectNearest: true,
  });
  return fuzzyUnion(indices, members, others);
}

/** Milliseconds between two laps. */
class Stopwatch {
  readonly laps = { neighbors: 0, graph: 0, start: 0, layout: 0 };
  #last = performance.now();

  lap(stage: keyof typeof this.laps): void {
    const now = performance.now();
    this.laps[stage] = now - this.#last;
    this.#last = now;
  }
}
