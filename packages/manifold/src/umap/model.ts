import {
  type Engine,
  matrix,
  type Matrix,
  type ModelState,
  type PointsLike,
  pointsOf,
  Random,
} from '@shoal/core';
import { engineOrDefault, requireUsable, StateReader } from '@shoal/core/model-kit';
import type { WeightedGraph } from '../graph/fuzzy-graph.ts';
import { memberships } from '../graph/memberships.ts';
import { findNearest } from '../graph/nearest.ts';
import { layOut } from '../layout/lay-out.ts';
import { scheduleEdges } from '../layout/schedule.ts';
import { similarityCurve } from '../layout/similarity-curve.ts';
import { EqualRows } from './equal-rows.ts';
import { distancesIn, toSearched, UMAP_METRICS } from './metric.ts';
import { requireUmapSettings } from './settings.ts';
import type { UmapSettings, UmapTimings, UmapTransformOptions } from './types.ts';

const STATE_TYPE = 'umap';

/** New points take this share of the epochs and of the learning rate, as in umap-learn. */
const SHARE_OF_EPOCHS = 1 / 3;
const SHARE_OF_RATE = 1 / 4;

/** The results of a fit. */
export interface UmapFields {
  readonly settings: UmapSettings & { readonly epochs: number };
  readonly embedding: Matrix;
  /** The training points, in the form that is searched. */
  readonly points: Matrix;
  readonly warnings: readonly string[];
  readonly graph?: WeightedGraph | undefined;
  readonly timings?: UmapTimings | undefined;
}

/** A fitted UMAP: frozen. */
export class UmapModel {
  readonly settings: UmapFields['settings'];
  /** Places of the training points, N x dimensions, float32. */
  readonly embedding: Matrix;
  readonly warnings: readonly string[];
  /** The neighbor graph that was laid out; absent from a model that was loaded. */
  readonly graph: WeightedGraph | undefined;
  /** Milliseconds of each stage of the fit; absent from a model that was loaded. */
  readonly timings: UmapTimings | undefined;

  readonly #points: Matrix;
  readonly #engine: Engine | undefined;
  /** Made at the first use. */
  #rows: EqualRows | undefined;

  constructor({ settings, embedding, points, warnings, graph, timings }: UmapFields, engine?: Engine) {
    this.settings = Object.freeze(settings);
    this.embedding = Object.freeze(embedding);
    this.warnings = Object.freeze(warnings);
    this.graph = graph;
    this.timings = timings;
    this.#points = points;
    this.#engine = engine;
    Object.freeze(this);
  }

  /** For each training point the first one that equals it, N values: `transform` treats these rows as the same. */
  get firstOfEqual(): Uint32Array {
    return this.#equalRows.firstOf;
  }

  /**
   * Places new points among the training points, which stay where they are: each starts at the mean of its neighbors,
   * by membership, and is pulled and pushed for a third of the epochs. A point that equals training points gets the
   * place of the first of them. Other new points do not change the place of a point, except through the seed of its
   * pushes.
   *
   * @param given M x D: rows of numbers, `{ data, columns }`, a matrix, or points on the engine's device
   * @returns M x dimensions, float32
   * @throws {ShapeError} when the points have another number of columns than the training points
   * @throws {DataError} when points are NaN or infinite
   * @throws the signal's reason when it is aborted
   */
  async transform(given: PointsLike, options: UmapTransformOptions = {}): Promise<Matrix> {
    const points = pointsOf(given);
    const { signal, onProgress } = options;
    const engine = await engineOrDefault(options.engine, this.#engine);
    const { dimensions, epochs, learningRate, metric, minDist, spread } = this.settings;
    requireUsable(points, this.#points.columns);
    const host = points.location === 'device' ? await engine.download(points) : points;
    const searched = await toSearched(host, metric, engine, signal);
    const { graph, known } = await this.#neighborhoods(searched, engine, options);
    const anchors = this.embedding.data as Float32Array;
    const placingEpochs = Math.max(1, Math.round(epochs * SHARE_OF_EPOCHS));
    // Relative to full membership, not to the greatest membership, which may be another point's.
    const schedule = scheduleEdges(graph, placingEpochs, 1, 1);
    const placed = await layOut(schedule, meanOfTargets(graph, anchors, dimensions), {
      ...similarityCurve(minDist, spread),
      dimensions,
      repulsion: this.settings.repulsion,
      negatives: this.settings.negativeSampleRate,
      learningRate: learningRate * SHARE_OF_RATE,
      epochs: placingEpochs,
      // Training points do not move, so one step for each epoch is enough.
      stepsPerEpoch: 1,
      seed: new Random(this.settings.seed).uint32(),
      anchors,
      engine,
      signal,
      onEpochs: (completed) => onProgress?.({ phase: 'layout', completed, total: placingEpochs }),
    });
    for (const [point, row] of known) {
      placed.set(anchors.subarray(row * dimensions, (row + 1) * dimensions), point * dimensions);
    }
    return matrix(placed, points.rows, dimensions);
  }

  /** The model as plain data, training points included; `fromState` reads it back. */
  toState(): ModelState {
    const { epochs, dimensions, ...settings } = this.settings;
    const { data, rows, columns, scale } = this.#points;
    return {
      type: STATE_TYPE,
      settings: {
        ...settings,
        epochs,
        components: dimensions,
        rows,
        columns,
        scale,
        warnings: this.warnings,
      },
      tensors: {
        embedding: { data: this.embedding.data, shape: [rows, dimensions] },
        points: { data, shape: [rows, columns] },
      },
    };
  }

  /**
   * Reads a model back from what `toState` returned.
   *
   * @param engine computes in `transform`; default the one that `defaultEngine` opens
   * @throws {DataError} when the state is damaged or of another type of model
   */
  static fromState(state: ModelState, engine?: Engine): UmapModel {
    const reader = new StateReader(state, STATE_TYPE);
    const rows = reader.wholeNumber('rows', 2);
    const columns = reader.wholeNumber('columns', 1);
    // The name it has in files since 0.1.0.
    const dimensions = reader.wholeNumber('components', 1);
    const settings = {
      dimensions,
      neighbors: reader.wholeNumber('neighbors', 2),
      minDist: reader.number('minDist'),
      spread: reader.number('spread'),
      epochs: reader.wholeNumber('epochs', 1),
      learningRate: reader.number('learningRate'),
      negativeSampleRate: reader.number('negativeSampleRate'),
      repulsion: reader.number('repulsion'),
      metric: reader.oneOf('metric', UMAP_METRICS),
      seed: reader.wholeNumber('seed', 0),
    };
    reader.verify(() => requireUmapSettings(settings));
    const embedding = Float32Array.from(reader.real('embedding', [rows, dimensions]));
    const points = matrix(reader.elements('points', [rows, columns]), rows, columns, reader.number('scale'));
    const warnings = reader.strings('warnings');
    return new UmapModel(
      { settings, embedding: matrix(embedding, rows, dimensions), points, warnings },
      engine,
    );
  }

  get #equalRows(): EqualRows {
    return (this.#rows ??= new EqualRows(this.#points));
  }

  /** The training points near each new point, with memberships, and the training points that new points equal. */
  async #neighborhoods(
    queries: Matrix,
    engine: Engine,
    { signal, onProgress }: UmapTransformOptions,
  ): Promise<Neighborhoods> {
    const neighbors = Math.min(this.settings.neighbors, this.#points.rows - 1);
    const found = await findNearest(this.#points, queries, { engine, neighbors, signal, onProgress });
    const distances = distancesIn(this.settings.metric, found.distances);
    const graph = {
      offsets: Uint32Array.from({ length: queries.rows + 1 }, (_, i) => i * neighbors),
      targets: found.indices,
      // A single neighbor has full membership; with log2(1) = 0 it would have none.
      weights: memberships(distances, {
        neighbors,
        effective: Math.max(2, neighbors),
        connectNearest: false,
      }),
    };
    const known = new Map<number, number>();
    for (let i = 0; i < queries.rows; i++) {
      if (found.distances[i * neighbors] !== 0) continue;
      // Points that differ by less than float32 can hold also have a distance of 0.
      known.set(i, this.#equalRows.find(queries, i) ?? found.indices[i * neighbors]);
    }
    return { graph, known };
  }
}

/** The neighborhoods of new points. */
interface Neighborhoods {
  readonly graph: WeightedGraph;
  /** The training point that equals each new point, by the new point. */
  readonly known: ReadonlyMap<number, number>;
}

/** For each vertex the weighted mean of the places that its edges lead to. */
function meanOfTargets(
  { offsets, targets, weights }: WeightedGraph,
  places: Float32Array,
  dimensions: number,
): Float32Array {
  const out = new Float32Array((offsets.length - 1) * dimensions);
  for (let i = 0; i + 1 < offsets.length; i++) {
    let total = 0;
    for (let edge = offsets[i]; edge < offsets[i + 1]; edge++) total += weights[edge];
    for (let edge = offsets[i]; edge < offsets[i + 1]; edge++) {
      const share = weights[edge] / total;
      for (let c = 0; c < dimensions; c++) {
        out[i * dimensions + c] += share * places[targets[edge] * dimensions + c];
      }
    }
  }
  return out;
}
