import type { ClusterModel, Matrix, ModelState, ProgressListener } from '@shoal/core';
import type { ImageSettings } from '@shoal/deep-clustering';
import type { OpenEngine } from '../engines.ts';
import type { RunMetrics } from '../save-run.ts';
import type { MethodOptions, OptionName } from './options.ts';

/** One value of `--method`: a file of its own, and a line in the table. */
export interface Method {
  /** As it is typed. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** The options that it has; any other one that is given is refused. */
  readonly options: readonly OptionName[];
  /**
   * @throws {InvalidArgumentError} when an option has a value that this method does not take
   * @throws like the `fit` of what is behind it
   */
  readonly fit: (
    input: FitInput,
    options: MethodOptions,
    opened: OpenEngine,
    run: Run,
  ) => Promise<FittedModel>;
  /** What `metrics.json` tells of the options, beside what it tells of every fit. */
  readonly metrics?: ((options: MethodOptions) => MethodMetrics) | undefined;
  /** The `type` of the models that it saves. */
  readonly type: string;
  /** @throws {DataError} when the state is damaged */
  readonly load: (state: ModelState, opened: OpenEngine) => Promise<ModelWithMemory>;
}

/** What methods may add to `metrics.json`. */
export type MethodMetrics = Pick<RunMetrics, 'precision'>;

/** A model that may hold memory of a device. */
export type ModelWithMemory = Pick<ClusterModel, 'predict'> & { destroy?(): void };

/** What a method is fitted to. */
interface FitInput {
  readonly points: Matrix;
  /** Points whose reconstruction is watched while an autoencoder trains. */
  readonly validation?: Matrix | undefined;
  /** The points as they were given, where `points` describes them. */
  readonly described?: Matrix | undefined;
  /** How rows make images, where they do. */
  readonly image?: ImageSettings | undefined;
}

export interface Run {
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
}

/** A fitted model of any method, as the commands need it. */
export interface FittedModel {
  readonly model: ClusterModel;
  /** What divides the space that the clusters live in: the model itself, or a part of it. */
  readonly clustering: ClusterModel;
  /** Where `clustering` has the points, when not where they are themselves. */
  readonly space?: FittedSpace | undefined;
  /** Losses per epoch, and the network's layers, where an autoencoder was trained. */
  readonly autoencoder?: Training | undefined;
  readonly destroy: () => void;
}

/** A space that clusters live in. */
export interface FittedSpace {
  /** What it is called: the principal components "of" this are looked at. */
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

/** A fitted model, with what the method has in addition. */
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
