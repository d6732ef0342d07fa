import type { Engine } from '../engine/engine.ts';
import type { NeighborSearchSession } from '../engine/neighbors/session.ts';
import { assertFinite, sliceRows, type Matrix } from '../matrix.ts';
import { NO_CLUSTER } from '../no-cluster.ts';
import { centerPoints, movePoints } from '../origin/move-points.ts';
import type { CondensedTree } from '../tree/condense.ts';
import { labelTree, shareOf, type TreeLabels } from '../tree/label-points.ts';
import type { TreePlace } from '../tree/soft-memberships.ts';
import type { HdbscanSettings } from './hdbscan-settings.ts';
import { distanceIn, toCompared } from './metric.ts';

/** Rows that are searched at once. */
const ROWS_PER_SEARCH = 4096;

/** Labels of points, and how sure they are. */
export interface Membership {
  /** M values, or `NO_CLUSTER`. */
  readonly labels: Uint32Array;
  /** M values from 0 to 1; 0 for points without a cluster. */
  readonly probabilities: Float64Array;
}

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
  /** A point leaves at the latest when its nearest neighbor does. */
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
      labels[i] = copy < 0 ? labelAt(places[i].cluster, levels[i], treeLabels) : fitted[copy];
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
    assertFinite(queries);
    const placed: PlacedPoints = {
      places: Array.from({ length: space.rows }, (): TreePlace => ({ cluster: 0, level: 0 })),
      levels: new Float64Array(space.rows),
      copied: new Int32Array(space.rows).fill(-1),
    };
    if (points.rows === 1) return placed;
    const searched = await toCompared(points, metric, engine, this.#signal);
    const { points: centered, origin } = await centerPoints(searched, engine, { signal: this.#signal });
    // The nearest point by mutual reachability is searched among twice as many neighbors as decide on density.
    const neighbors = Math.min(2 * minSamples, points.rows - 1);
    const search = await engine.createNeighborSearch(centered, { neighbors, signal: this.#signal });
    try {
      const moved = await movePoints(queries, origin, engine, this.#signal);
      for (let start = 0; start < moved.rows; start += ROWS_PER_SEARCH) {
        const end = Math.min(moved.rows, start + ROWS_PER_SEARCH);
        await this.#place(search, sliceRows(moved, start, end), placed, start);
      }
    } finally {
      search.destroy();
    }
    return placed;
  }

  async #place(
    search: NeighborSearchSession,
    queries: Matrix,
    { places, levels, copied }: PlacedPoints,
    start: number,
  ): Promise<void> {
    const { settings, coreDistances } = this.#model;
    const { neighbors } = search;
    const { indices, distances } = await search.nearestTo(queries);
    for (let i = 0; i < queries.rows; i++) {
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
      places[start + i] = this.#placeBeside(nearest, 1 / least);
    }
  }

  /** @param level at which the new point leaves its neighbor */
  #placeBeside(neighbor: number, level: number): TreePlace {
    const { pointClusters, pointLevels, births, parents } = this.#model.tree;
    let cluster = pointClusters[neighbor];
    if (pointLevels[neighbor] <= level) return { cluster, level: pointLevels[neighbor] };
    while (cluster !== 0 && births[cluster] >= level) cluster = parents[cluster];
    return { cluster, level };
  }
}

function labelAt(cluster: number, level: number, { labelOf, leastLevel }: TreeLabels): number {
  return level < leastLevel ? NO_CLUSTER : labelOf[cluster];
}
