import type { TreeJson } from '../clusterer/clusterer.ts';
import { DataError } from '../errors.ts';
import type { Engine } from '../engine/engine.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import type { InferenceOptions } from '../fit-options.ts';
import { CentroidModel, readCentroidFields, type CentroidFields } from '../kmeans/centroid-model.ts';
import { withRows, type RowSource } from '../kmeans/with-rows.ts';
import { matrix, type Matrix } from '../matrix.ts';
import type { ModelState } from '../model-state.ts';
import { plusOrigin } from '../origin/frame.ts';
import { pointsOf, type PointsLike } from '../points-like.ts';
import { StateReader } from '../state-reader.ts';
import type { Hierarchy } from '../tree/hierarchy.ts';
import { isSplitTree, SplitTree } from './split-tree.ts';
import { splitTreeJson } from './split-tree-json.ts';

/** The `type` of a saved model. */
export const BISECTING_STATE = 'bisecting-kmeans';

/** The results of a fit as plain data, without methods. */
export type BisectingKMeansFields = CentroidFields &
  Pick<BisectingKMeansModel, 'tree' | 'nodeInertias' | 'nodeWeights'> & {
    /** Centers of all nodes less the origin, (2 K - 1) x D, as the engine held them. */
    readonly relativeCenters: Float64Array;
  };

/**
 * Clusters found by splits in two: frozen. `predict` goes down the tree of splits, as the fit did; `transform` and `score`
 * look at the centroids of the leaves alone.
 */
export class BisectingKMeansModel extends CentroidModel {
  /** Which node each split divided. */
  readonly tree: SplitTree;
  /** Inertia of the points of each node about its center, 2 K - 1 values. */
  readonly nodeInertias: Float64Array;
  /** Weight of the points of each node, 2 K - 1 values. */
  readonly nodeWeights: Float64Array;
  readonly #relativeCenters: Float64Array;

  constructor(fields: BisectingKMeansFields, engine?: Engine) {
    super(fields, engine);
    this.tree = Object.freeze(fields.tree);
    this.nodeInertias = fields.nodeInertias;
    this.nodeWeights = fields.nodeWeights;
    this.#relativeCenters = fields.relativeCenters;
    Object.freeze(this);
  }

  /** Centers of all nodes, (2 K - 1) x D, in the space of the clusters (after scaling). */
  get nodeCenters(): Matrix {
    const centers = plusOrigin(this.#relativeCenters, this.frame?.origin);
    return matrix(centers, this.tree.nodes, this.centroids.columns);
  }

  /**
   * Cluster of each point, N values: from the root of the tree, each point goes to the nearer center of each split, to the
   * left on ties.
   *
   * @throws like `predict` of `KMeansModel`
   */
  override predict(given: PointsLike, options: InferenceOptions = {}): Promise<Uint32Array> {
    const points = pointsOf(given);
    const { metric } = this;
    const { signal } = options;
    const isMoved = points.location === 'host';
    const centers = isMoved ? this.#relativeCenters : Float64Array.from(this.nodeCenters.data);
    return this.withSession(points, options, async (session, center) => {
      const engine = await this.engineFor(options);
      const source = { engine, session, metric, center, weights: undefined, signal };
      return goDown(source, this.tree, centers);
    });
  }

  /** The splits, and the cluster that each training point is in. */
  get hierarchy(): Hierarchy {
    return { kind: 'splits', tree: this.tree, inertias: this.nodeInertias, leafOf: this.labels };
  }

  /** The nodes of the tree of splits as data of JSON. */
  treeJson(): TreeJson {
    return { kind: 'splits', nodes: splitTreeJson(this) };
  }

  /** The model as plain data; `fromState` reads it back. */
  toState(): ModelState {
    const { settings, tensors } = this.centroidState();
    const { tree, nodeInertias, nodeWeights } = this;
    const { nodes, splits } = tree;
    return {
      type: BISECTING_STATE,
      settings: { ...settings, splits },
      tensors: {
        ...tensors,
        nodeInertias: { data: nodeInertias, shape: [nodes] },
        nodeWeights: { data: nodeWeights, shape: [nodes] },
        relativeCenters: { data: this.#relativeCenters, shape: [nodes, this.centroids.columns] },
      },
    };
  }

  /**
   * Reads a model back from what `toState` returned.
   *
   * @param engine computes in `predict` and similar methods; default the one that `defaultEngine` opens
   * @throws {DataError} when the state is damaged or of another type of model
   */
  static fromState(state: ModelState, engine?: Engine): BisectingKMeansModel {
    const reader = new StateReader(state, BISECTING_STATE);
    const fields = readCentroidFields(reader);
    const tree = new SplitTree(reader.numbers('splits'));
    if (!isSplitTree(tree.splits) || tree.splits.length !== fields.clusters - 1) {
      throw new DataError('The saved splits are damaged: they are not a tree. Save the model again.');
    }
    const { nodes } = tree;
    return new BisectingKMeansModel(
      {
        ...fields,
        tree,
        nodeInertias: reader.float64('nodeInertias', [nodes]),
        nodeWeights: reader.float64('nodeWeights', [nodes]),
        relativeCenters: reader.float64('relativeCenters', [nodes, fields.centroids.columns]),
      },
      engine,
    );
  }
}

/** Labels of all points of a session, from the root of the tree to its leaves. */
async function goDown(source: RowSource, tree: SplitTree, centers: Float64Array): Promise<Uint32Array> {
  const { rows, columns } = source.session;
  const labels = new Uint32Array(rows);
  const clusterOf = new Map(tree.leaves().map((node, cluster) => [node, cluster]));
  const waiting: [number, Uint32Array][] = [[0, Uint32Array.from(labels.keys())]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    source.signal?.throwIfAborted();
    const [node, members] = next;
    if (members.length === 0) continue;
    const children = tree.childrenOf(node);
    if (children === undefined) {
      const cluster = clusterOf.get(node) ?? 0;
      for (const row of members) labels[row] = cluster;
      continue;
    }
    const [left, right] = children;
    const sides = await withRows(source, members, 2, ({ session }) =>
      sidesOf(session, centers.subarray(left * columns, (right + 1) * columns)),
    );
    waiting.push([left, members.filter((_, i) => sides[i] === 0)]);
    waiting.push([right, members.filter((_, i) => sides[i] === 1)]);
  }
  return labels;
}

async function sidesOf(session: KMeansSession, centers: Float64Array): Promise<Uint32Array> {
  await session.writeCentroids(centers);
  await session.assign();
  return session.readLabels();
}
