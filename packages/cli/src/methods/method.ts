import type {
  ClusterModel,
  FitCheckpoint,
  Matrix,
  ModelState,
  PartedPoints,
  ProgressListener,
} from '@shoal/core';
import type { ImageSettings } from '@shoal/deep-clustering';
import type { OpenEngine } from '../engines.ts';
import type { RunMetrics } from '../save-run.ts';
import type { MethodOptions, OptionName } from './options.ts';

/** One value of `--method`: one source file, and one line in the table. */
export interface Method {
  /** The name as typed. */
  readonly name: string;
  /** The name for people. */
  readonly title: string;
  /** The options that it has; any other given option is refused. */
  readonly options: readonly OptionName[];
  /**
   * @throws {InvalidArgumentError} when an option has a value that this method does not take
   * @throws like the `fit` of the estimator behind it
   */
  readonly fit: (
    input: FitInput,
    options: MethodOptions,
    opened: OpenEngine,
    watching: Watching,
  ) => Promise<FittedModel>;
  /** The same for points in parts; absent when it needs all points at once: then it is fitted to a sample of them. */
  readonly fitParts?:
    | ((
        input: PartedFitInput,
        options: MethodOptions,
        opened: OpenEngine,
        watching: Watching,
      ) => Promise<FittedModel>)
    | undefined;
  /** The options that `metrics.json` records, in addition to the values of every fit. */
  readonly metrics?: ((options: MethodOptions) => MethodMetrics) | undefined;
  /** Whether it finds the number of clusters itself; `--clusters` is then refused. */
  readonly findsClusters?: boolean | undefined;
  /** Whether its `fit` uses the weights of points; a fit with weights by another method is refused. */
  readonly weighted?: boolean | undefined;
  /** Whether it trains a network, which needs values near 0: columns of a table are then always standardized. */
  readonly network?: boolean | undefined;
  /** The `type` of the models that it saves. */
  readonly type: string;
  /** @throws {DataError} when the state is damaged */
  readonly load: (state: ModelState, opened: OpenEngine) => Promise<ModelWithMemory>;
}

/** Values that methods may add to `metrics.json`. */
export type MethodMetrics = Pick<RunMetrics, 'precision'>;

/** A model that may hold memory of a device. */
export type ModelWithMemory = Pick<
  ClusterModel,
  'predict' | 'centers' | 'hierarchy' | 'predictProba' | 'predictMembership'
> & {
  destroy?(): void;
};

/** The input of a method. */
interface FitInput {
  readonly points: Matrix;
  /** Weight of each point, for methods that are `weighted`. */
  readonly weights?: Float64Array | undefined;
  /** Points for the validation loss while an autoencoder trains. */
  readonly validation?: Matrix | undefined;
  /** The original points, when `points` is a description of them. */
  readonly described?: Matrix | undefined;
  /** The shape of the images in the rows, if the rows are images. */
  readonly image?: ImageSettings | undefined;
}

/** Points in parts, and the weight of each, for methods that are `weighted`. */
export interface PartedFitInput {
  readonly points: PartedPoints;
  readonly weights?: Float32Array | undefined;
  /** Keeps the state of the fit; methods that have none ignore it. */
  readonly checkpoint?: FitCheckpoint | undefined;
}

/** What stops a fit, and what is told its progress. */
export interface Watching {
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
}

/** A fitted model of any method, in the form that the commands need. */
export interface FittedModel {
  readonly model: ClusterModel;
  /** The clustering of the space of the clusters: the model itself, or a part of it. */
  readonly clustering: ClusterModel;
  /** The space in which `clustering` has the points; absent when that is the space of the points themselves. */
  readonly space?: FittedSpace | undefined;
  /** Losses per epoch, and the network's layers, if an autoencoder was trained. */
  readonly autoencoder?: Training | undefined;
  readonly destroy: () => void;
}

/** A space with clusters. */
export interface FittedSpace {
  /** Its name, as in "principal components of NAME". */
  readonly name: string;
  readonly ofTraining: (signal: AbortSignal) => Promise<Matrix>;
  readonly of: (points: Matrix, signal: AbortSignal) => Promise<Matrix>;
}

/** How an autoencoder was trained. */
export interface Training {
  readonly summary: string;
  readonly loss: readonly number[];
  readonly validationLoss: readonly number[];
}

/** A fitted model, with the additional parts of its method. */
export function fitted(
  model: ClusterModel & { destroy?(): void },
  more: Partial<Pick<FittedModel, 'clustering' | 'space' | 'autoencoder'>> = {},
): FittedModel {
  return {
    model,
    clustering: model,
    ...more,
    destroy: () => {
      model.destroy?.();
    },
  };
}
