import type { Membership } from '../clusterer/clusterer.ts';
import type { Engine } from '../engine/engine.ts';
import type { Matrix } from '../matrix.ts';
import { nearestRows, type NearestRows } from '../nearest-rows.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import type { CondensedTree } from '../tree/condense.ts';
import { labelTree, shareOf, type TreeLabels } from '../tree/label-points.ts';
import type { TreePlace } from '../tree/soft-memberships.ts';
import type { HdbscanSettings } from './hdbscan-settings.ts';
import { distanceIn, toCompared } from './metric.ts';

/** The fitted model that points join. */
export interface JoinedModel {
  readonly settings: HdbscanSettings;
  readonly tree: CondensedTree;
  readonly chosen: Uint32Array;
  readonly labels: Uint32Array;
  readonly probabilities: Float64Array;
  readonly coreDistances: Float64Array;
  readonly points: Matrix;
}

/** New points, in the tree of a fit. */
interface PlacedPoints {
  /** The last cluster of the nearest neighbor, and the level at which the point leaves: at the latest when that does. */
  readonly places: TreePlace[];
  /** Level at which each would leave its neighbor, if that stayed. */
  readonly levels: Float64Array;
  /** The training point that each is a copy of, or -1. */
  readonly copied: Int32Array;
}

/** Finds the places of new points in the tree of a fit, which stays as it is. */
export class NewPoints {
  readonly #model: JoinedModel;
  readonly #engine: Engine;
  readonly #signal: AbortSignal | undefined;

  constructor(model: JoinedModel, engine: Engine, signal: AbortSignal | undefined) {
    this.#model = model;
    this.#engine = engine;
    this.#signal = signal;
  }

  /** @throws {DataError} when points are NaN or infinite, or the metric is cosine and a row is all zeros */
  async join(space: Matrix): Promise<Membership> {
    const { tree, chosen, settings, labels: fitted, probabilities: known } = this.#model;
    const { places, levels, copied } = await this.placesOf(space);
    const treeLabels = labelTree(tree, chosen, settings.clusterSelectionEpsilon);
    const labels = new Uint32Array(space.rows);
    const probabilities = new Float64Array(space.rows);
    for (let i = 0; i < space.rows; i++) {
      const copy = copied[i];
      labels[i] = copy < 0 ? this.#labelAt(places[i].cluster, levels[i], treeLabels) : fitted[copy];
      if (labels[i] === NO_CLUSTER) continue;
      probabilities[i] = copy < 0 ? shareOf(levels[i], tree.deaths[chosen[labels[i]]]) : known[copy];
    }
    return { labels, probabilities };
  }

  /** @throws like `join` */
  async placesOf(space: Matrix): Promise<PlacedPoints> {
    const { points, settings } = this.#model;
    const { metric, minSamples } = settings;
    const engine = this.#engine;
    const queries = await toCompared(space, metric, engine, this.#signal);
    const placed: PlacedPoints = {
      places: Array.from({ length: space.rows }, (): TreePlace => ({ cluster: 0, level: 0 })),
      levels: new Float64Array(space.rows),
      copied: new Int32Array(space.rows).fill(-1),
    };
    const searched = await toCompared(points, metric, engine, this.#signal);
    // The nearest point by mutual reachability is searched among twice as many neighbors as decide on density.
    const options = { neighbors: 2 * minSamples, engine, signal: this.#signal };
    await nearestRows(searched, queries, options, (found, start, count) => {
      this.#place(found, placed, start, count);
    });
    return placed;
  }

  #place(
    { indices, distances }: NearestRows,
    { places, levels, copied }: PlacedPoints,
    start: number,
    count: number,
  ): void {
    const { settings, coreDistances, tree } = this.#model;
    const neighbors = indices.length / count;
    for (let i = 0; i < count; i++) {
      const at = i * neighbors;
      if (distances[at] === 0) copied[start + i] = indices[at];
      const own = distances[at + Math.min(settings.minSamples, neighbors - 1)];
      let [nearest, least] = [0, Infinity];
      for (let n = at; n < at + neighbors; n++) {
        const reach = Math.max(
          distanceIn(settings.metric, Math.max(own, distances[n])),
          coreDistances[indices[n]],
        );
        if (reach < least) [nearest, least] = [indices[n], reach];
      }
      levels[start + i] = 1 / least;
      places[start + i] = {
        cluster: tree.pointClusters[nearest],
        level: Math.min(levels[start + i], tree.pointLevels[nearest]),
      };
    }
  }

  /** The label of a point that leaves its neighbor, whose last cluster is given, at a level. */
  #labelAt(last: number, level: number, { labelOf, leastLevel }: TreeLabels): number {
    const { births, parents } = this.#model.tree;
    let cluster = last;
    while (cluster !== 0 && births[cluster] >= level) cluster = parents[cluster];
    return level < leastLevel ? NO_CLUSTER : labelOf[cluster];
  }
}
