import {
  type ClusterModel,
  type Engine,
  type InferenceOptions,
  KMeansModel,
  type ModelState,
  type Objective,
  type PointsLike,
  ShapeError,
} from '@shoal/core';
import { StateReader } from '@shoal/core/model-kit';
import { nestModelStates, partOfModelState } from '@shoal/data';
import type { BalanceTrial } from './choose-balance.ts';
import type { CutMeasures } from './partition.ts';

/** The `type` of a saved model. */
export const CUT_STATE = 'balanced-cut';
/** The values of a saved trial after its balance. */
const MEASURES = ['cut', 'imbalance', 'dispersion'] as const satisfies readonly (keyof CutMeasures)[];
const TRIAL_ROWS = 'a list of rows of four numbers';

/** The results of a fit. */
export interface BalancedCutFields {
  /** Number of clusters, K. */
  readonly clusters: number;
  /** The pieces, as k-means found them in the embedding. */
  readonly pieces: KMeansModel;
  /** Cluster of each piece. */
  readonly clusterOf: Uint32Array;
  readonly measures: CutMeasures;
  /** The weight of equal sizes; absent from models saved before this was stored. */
  readonly balance?: number | undefined;
  /**
   * The result with each balance that was tried, from the greatest to the least: the reason for a choice or a warning.
   */
  readonly trials: readonly BalanceTrial[];
  /** The weighted sum of the measures, which the fit minimized. */
  readonly value: number;
  /** The value in the course of the best cooling. */
  readonly history: readonly number[];
  /** Visits of every piece in a cooling. */
  readonly iterations: number;
  readonly warnings: readonly string[];
}

/** Clusters of a neighbor graph: frozen. Made by `BalancedCut.fit` or `fromState`. */
export class BalancedCutModel implements BalancedCutFields, ClusterModel {
  readonly clusters: number;
  readonly pieces: KMeansModel;
  readonly clusterOf: Uint32Array;
  readonly measures: CutMeasures;
  readonly balance: number | undefined;
  readonly trials: readonly BalanceTrial[];
  readonly value: number;
  readonly history: readonly number[];
  readonly iterations: number;
  /** Always true: a cooling always ends. */
  readonly converged = true;
  readonly warnings: readonly string[];
  /** Cluster of each training point, N values. */
  readonly labels: Uint32Array;

  constructor(fields: BalancedCutFields) {
    this.clusters = fields.clusters;
    this.pieces = fields.pieces;
    this.clusterOf = fields.clusterOf;
    this.measures = Object.freeze(fields.measures);
    this.balance = fields.balance;
    this.trials = Object.freeze(fields.trials);
    this.value = fields.value;
    this.history = Object.freeze(fields.history);
    this.iterations = fields.iterations;
    this.warnings = Object.freeze(fields.warnings);
    this.labels = this.#clustersOf(fields.pieces.labels);
    Object.freeze(this);
  }

  /** The weighted sum of the measures, and `history`. */
  get objective(): Objective {
    return { name: 'balanced cut', value: this.value, history: this.history, better: 'less' };
  }

  /**
   * Cluster of each place in the embedding, M values: the cluster of the nearest piece.
   *
   * @throws like `KMeansModel.predict`
   */
  async predict(places: PointsLike, options: InferenceOptions = {}): Promise<Uint32Array> {
    return this.#clustersOf(await this.pieces.predict(places, options));
  }

  /** The model as plain data; `fromState` reads it back. */
  toState(): ModelState {
    const { clusters, pieces, clusterOf, measures, balance, trials, value, history, iterations, warnings } =
      this;
    const settings = {
      clusters,
      clusterOf: [...clusterOf],
      ...measures,
      ...(balance !== undefined && { balance }),
      trials: trials.map((trial) => [trial.balance, ...MEASURES.map((name) => trial.measures[name])]),
      value,
      history,
      iterations,
      warnings,
    };
    return nestModelStates(CUT_STATE, { pieces: pieces.toState() }, settings);
  }

  /**
   * @param engine computes in `predict`; default the one that `defaultEngine` opens
   * @throws {DataError} when the state is of another model or damaged
   */
  static fromState(state: ModelState, engine?: Engine): BalancedCutModel {
    const reader = new StateReader(state, CUT_STATE);
    const clusters = reader.wholeNumber('clusters', 1);
    const pieces = KMeansModel.fromState(partOfModelState(state, 'pieces'), engine);
    const isCluster = (item: unknown): item is number =>
      Number.isSafeInteger(item) && (item as number) >= 0 && (item as number) < clusters;
    const clusterOf = reader.list('clusterOf', `a list of whole numbers below ${clusters}`, isCluster);
    reader.verify(() => {
      requireOneEach(clusterOf, pieces.clusters);
    });
    return new BalancedCutModel({
      clusters,
      pieces,
      clusterOf: Uint32Array.from(clusterOf),
      measures: {
        cut: reader.number('cut'),
        imbalance: reader.number('imbalance'),
        dispersion: reader.number('dispersion'),
      },
      balance: reader.has('balance') ? reader.number('balance') : undefined,
      trials: reader.has('trials') ? reader.list('trials', TRIAL_ROWS, isTrialRow).map(trialOf) : [],
      value: reader.number('value'),
      history: reader.numbers('history'),
      iterations: reader.wholeNumber('iterations', 1),
      warnings: reader.strings('warnings'),
    });
  }

  #clustersOf(pieces: Uint32Array): Uint32Array {
    return pieces.map((piece) => this.clusterOf[piece]);
  }
}

function requireOneEach({ length }: readonly number[], pieces: number): void {
  if (length !== pieces) {
    throw new ShapeError(`There are ${pieces} pieces, but clusters for ${length}.`);
  }
}

function isTrialRow(item: unknown): item is number[] {
  return (
    Array.isArray(item) &&
    item.length === 1 + MEASURES.length &&
    item.every((value) => typeof value === 'number')
  );
}

function trialOf([balance, cut, imbalance, dispersion]: readonly number[]): BalanceTrial {
  return { balance, measures: { cut, imbalance, dispersion } };
}
