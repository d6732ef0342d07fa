import { engineOrDefault } from '../default-engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { FitOptions } from '../fit-options.ts';
import {
  absoluteTolerance,
  placedFields,
  withPlacedSession,
  type PlacedPoints,
} from '../kmeans/placed-points.ts';
import { startSettings, type StartSettings } from '../kmeans/start-settings.ts';
import type { RowSource } from '../kmeans/with-rows.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { Random } from '../random.ts';
import { warnOfUnusedClusters } from '../unused-clusters.ts';
import { requireFittable, requireNoOverflow, requireOneOf, requireWholeNumber } from '../validation.ts';
import { BisectingKMeansModel } from './model.ts';
import { BISECTING_STRATEGIES, type BisectingKMeansOptions, type BisectingStrategy } from './options.ts';
import { splitRows, type Side, type SplitSettings } from './split.ts';
import { SplitTree } from './split-tree.ts';

/** Options with defaults filled in and checked. */
interface Settings extends StartSettings {
  readonly engine: Engine | undefined;
  readonly maxIterations: number;
  readonly strategy: BisectingStrategy;
}

/** All splits of a fit. */
interface Course {
  readonly tree: SplitTree;
  /** Each node, 2 K - 1. */
  readonly nodes: readonly Side[];
  /** Inertia of all leaves after each split, and first that of all points. */
  readonly inertiaHistory: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * k-means by splits in two (Steinbach, Karypis & Kumar, "A comparison of document clustering techniques", KDD Workshop on
 * Text Mining 2000): all points are one cluster; one cluster after another is split by k-means, until there are enough.
 * The splits are kept as a tree, so that each number of clusters up to K is in it.
 *
 * The same points, options and engine always give the same result, bit for bit.
 *
 * @example
 * const { labels, tree } = await new BisectingKMeans({ clusters: 10 }).fit(points);
 */
export class BisectingKMeans {
  readonly #settings: Settings;

  /** @throws {InvalidArgumentError} when an option is out of range or of the wrong kind */
  constructor(options: BisectingKMeansOptions) {
    const { engine, strategy = 'inertia' } = options;
    this.#settings = {
      ...startSettings(options, 1e-4),
      engine,
      maxIterations: requireWholeNumber('maxIterations', options.maxIterations ?? 300, 1),
      strategy: requireOneOf('strategy', strategy, BISECTING_STRATEGIES),
    };
  }

  /**
   * Clusters the points.
   *
   * @param given N x D: rows of numbers, `{ data, columns }`, a matrix, or points on the engine's device; left unchanged
   * @throws {InvalidArgumentError} when there are fewer points of positive weight than clusters, or weights are
   *   negative, not finite or all zero
   * @throws {ShapeError} when weights do not fit the points
   * @throws {DataError} when points are NaN or infinite, or so large that their distances are not finite
   * @throws {UnsupportedError} when the points live on another device or exceed the engine's limits
   * @throws {DeviceError} when the device fails
   */
  async fit(given: PointsLike, options: FitOptions = {}): Promise<BisectingKMeansModel> {
    const { clusters } = this.#settings;
    const { signal } = options;
    const points = pointsOf(given);
    const engine = await engineOrDefault(this.#settings.engine);
    const weights = requireFittable(points, options.weights, clusters, 'clusters');
    return withPlacedSession(points, engine, this.#settings, { weights, signal }, async (place, session) => {
      const center = session.center ?? place.center;
      const { nodes, ...course } = await this.#splitAll(
        { ...place, session, center, signal },
        place,
        options,
      );
      const { columns } = points;
      const relativeCenters = new Float64Array(nodes.length * columns);
      nodes.forEach((node, at) => {
        relativeCenters.set(node.center, at * columns);
      });
      const leaves = course.tree.leaves();
      const labels = new Uint32Array(points.rows);
      const relative = new Float64Array(clusters * columns);
      leaves.forEach((node, k) => {
        relative.set(nodes[node].center, k * columns);
        for (const row of nodes[node].rows) labels[row] = k;
      });
      const inertia = course.inertiaHistory[course.inertiaHistory.length - 1];
      const fields = await placedFields(place, { relative, center, inertia }, signal);
      return new BisectingKMeansModel(
        {
          ...course,
          ...fields,
          ...{ labels, clusters, inertia, relativeCenters },
          nodeInertias: Float64Array.from(nodes, (node) => node.inertia),
          nodeWeights: Float64Array.from(nodes, (node) => node.weight),
          warnings: [
            ...warnOfUnusedClusters(labels, clusters),
            ...this.#warningsAbout(course),
            ...fields.warnings,
          ],
        },
        engine,
      );
    });
  }

  /** Splits one cluster after another. */
  async #splitAll(source: RowSource, { origin }: PlacedPoints, { onProgress }: FitOptions): Promise<Course> {
    const { clusters, tolerance: relativeTolerance, seed } = this.#settings;
    const random = new Random(seed);
    const tolerance = await absoluteTolerance(source.session, relativeTolerance);
    const settings: SplitSettings = { ...this.#settings, clusters: 2, tolerance };
    const nodes: Side[] = [await wholeOf(source)];
    const leaves = new Set([0]);
    const splits: number[] = [];
    const inertiaHistory = [nodes[0].inertia];
    let iterations = 0;
    let converged = true;
    for (let split = 1; split < clusters; split++) {
      onProgress?.({ phase: 'splits', completed: split - 1, total: clusters - 1 });
      source.signal?.throwIfAborted();
      const node = this.#next(nodes, leaves, source.weights);
      const halves = await splitRows(source, nodes[node].rows, settings, random, origin);
      leaves.delete(node);
      leaves.add(nodes.length).add(nodes.length + 1);
      splits.push(node);
      // A node that is split needs its rows no more.
      nodes[node] = { ...nodes[node], rows: new Uint32Array(0) };
      nodes.push(...halves.sides);
      iterations += halves.iterations;
      converged &&= halves.converged;
      const inertia = Array.from(leaves).reduce((sum, leaf) => sum + nodes[leaf].inertia, 0);
      inertiaHistory.push(requireNoOverflow('The inertia', inertia));
    }
    return { tree: new SplitTree(splits), nodes, inertiaHistory, iterations, converged };
  }

  /** The leaf to split next: of those with two points of positive weight or more, the greatest, of equal ones the first made. */
  #next(nodes: readonly Side[], leaves: ReadonlySet<number>, weights: Float32Array | undefined): number {
    const { strategy } = this.#settings;
    let best = -1;
    let greatest = -1;
    for (const leaf of leaves) {
      const { rows, inertia, weight } = nodes[leaf];
      const usable = weights ? rows.filter((row) => weights[row] > 0) : rows;
      const score = strategy === 'inertia' ? inertia : weight;
      if (usable.length < 2 || score <= greatest) continue;
      best = leaf;
      greatest = score;
    }
    return best;
  }

  #warningsAbout({ converged }: Pick<Course, 'converged'>): readonly string[] {
    const { maxIterations } = this.#settings;
    if (converged) return [];
    return [`A split did not converge in ${maxIterations} iterations; raise maxIterations or tolerance.`];
  }
}

/** All points as one cluster. */
async function wholeOf({ session, weights }: RowSource): Promise<Side> {
  const { mean, variance } = await session.columnMoments();
  const rows = Uint32Array.from({ length: session.rows }, (_, i) => i);
  const weight = weights ? weights.reduce((sum, value) => sum + value, 0) : session.rows;
  const spread = variance.reduce((sum, value) => sum + value, 0);
  return { rows, center: mean, inertia: requireNoOverflow('The inertia', weight * spread), weight };
}
