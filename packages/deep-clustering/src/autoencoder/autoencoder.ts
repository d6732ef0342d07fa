import {
  assertFinite,
  DataError,
  InvalidArgumentError,
  type Matrix,
  type ModelState,
  type Points,
  type PointsLike,
  pointsOf,
  type ProgressListener,
  Random,
  ShapeError,
  UnsupportedError,
} from '@shoal/core';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { AutoencoderModel } from './autoencoder-model.ts';
import { readAutoencoderCheckpoint, writeAutoencoderCheckpoint } from './checkpoint.ts';
import { Network } from '../layers/network.ts';
import { initialWeights } from '../layers/initial-weights.ts';
import { networkShape, type LayerWeights } from '../layers/network-shape.ts';
import { resolveSettings, type AutoencoderOptions, type ResolvedSettings } from './options.ts';
import { diverged, trainNetwork, type TrainingProgress } from './training.ts';

/** Settings of one `Autoencoder.fit`. */
export interface AutoencoderFitOptions {
  /** Points that the network does not learn from, with the same columns: their loss is computed after each epoch. */
  readonly validation?: Points | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Phase `training`; `completed` counts points, over all epochs. */
  readonly onProgress?: ProgressListener | undefined;
  /** Called after every epoch with all that is needed to go on, and awaited. */
  readonly onCheckpoint?: ((state: ModelState) => void | Promise<void>) | undefined;
  /**
   * Continues from a checkpoint that `onCheckpoint` received, with the same result as without the interruption, bit for
   * bit on wasm. The settings must be the same, but there may be more epochs.
   */
  readonly resume?: ModelState | undefined;
}

/**
 * A network that learns to pass its input through a narrow code (Hinton & Salakhutdinov, "Reducing the dimensionality
 * of data with neural networks", Science 313, 2006); the code is then clustered.
 *
 * On one backend and device the same seed gives the same weights, bit for bit on wasm.
 */
export class Autoencoder {
  readonly #settings: ResolvedSettings;
  readonly #seed: number;
  readonly #backend: TensorBackend;

  /** @throws {InvalidArgumentError} when a setting is out of its range or two contradict each other */
  constructor(options: AutoencoderOptions) {
    this.#settings = resolveSettings(options);
    this.#seed = options.seed ?? 0;
    this.#backend = options.backend;
    // A seed out of range must fail here, not at the first fit.
    new Random(this.#seed);
  }

  /**
   * Trains on N x D points in host memory. Bytes are converted batch by batch, by their scale.
   *
   * @throws {UnsupportedError} when points are on a device
   * @throws {DataError} when values are not finite, outside [0, 1] though the output is a sigmoid, or the training
   *   diverges, or `resume` belongs to another training or is damaged
   * @throws {ShapeError} when the validation points have other columns
   * @throws {InvalidArgumentError} when `patience` is set without validation points
   * @throws {StateError} when the backend was destroyed
   * @throws the signal's reason when it is aborted
   */
  async fit(given: PointsLike, options: AutoencoderFitOptions = {}): Promise<AutoencoderModel> {
    const settings = this.#settings;
    const backend = this.#backend;
    const { signal, onProgress, onCheckpoint, resume } = options;
    const host = requireTrainable(pointsOf(given), settings);
    const validation = options.validation && requireTrainable(options.validation, settings);
    if (validation && validation.columns !== host.columns) {
      throw new ShapeError(
        `The validation points have ${validation.columns} columns but the training points ${host.columns}.`,
      );
    }
    if (settings.patience !== undefined && !validation) {
      throw new InvalidArgumentError(
        `patience (${settings.patience}) watches the validation loss: pass fit() validation points, or leave it out.`,
      );
    }
    signal?.throwIfAborted();

    const shape = networkShape(settings, host.columns);
    const random = new Random(this.#seed);
    // Always drawn, because later draws follow from it.
    const initial = initialWeights(shape, random);
    const task = { shape, settings, seed: this.#seed, points: host };
    const start = resume && readAutoencoderCheckpoint(resume, task);
    const network = backend.run(() => new Network(shape, start?.weights ?? initial, backend));
    const onEpoch =
      onCheckpoint &&
      (async (progress: TrainingProgress) => {
        await onCheckpoint(
          writeAutoencoderCheckpoint({ weights: await network.readWeights(), progress }, task),
        );
      });
    try {
      const job = { network, settings, backend, points: host, validation, random };
      const history = await trainNetwork({ ...job, start: start?.progress, onEpoch, signal, onProgress });
      const weights = await network.readWeights();
      // A loss is computed before its step, so the effect of the last step is only seen here.
      if (!weights.every(isFinite)) throw diverged('the weights are not all finite numbers', settings);
      return new AutoencoderModel({ network, shape, weights, backend, history });
    } catch (error) {
      if (!backend.destroyed) network.dispose();
      throw error;
    }
  }
}

function isFinite({ weights, bias }: LayerWeights): boolean {
  return weights.every(Number.isFinite) && bias.every(Number.isFinite);
}

function requireTrainable(points: Points, { outputActivation }: ResolvedSettings): Matrix {
  if (points.location === 'device') {
    throw new UnsupportedError(
      `Training reads points from host memory, but these are on the ${points.engine} device; download them first.`,
    );
  }
  assertFinite(points);
  if (outputActivation === 'sigmoid') requireUnitInterval(points);
  return points;
}

/** @throws {DataError} naming the row and column of the first value that a sigmoid cannot reach */
function requireUnitInterval({ data, columns, scale }: Matrix): void {
  // Half a float32 step above 1, for bytes at a scale of 1 / 255.
  const most = 1 + 2 ** -24;
  for (let i = 0; i < data.length; i++) {
    const value = data[i] * scale;
    if (value >= 0 && value <= most) continue;
    throw new DataError(
      `The value at row ${Math.floor(i / columns)}, column ${i % columns} is ${value}, which a sigmoid output ` +
        "cannot reach: scale the points to [0, 1] (bytes: scale 1 / 255), or set outputActivation to 'linear'.",
    );
  }
}
