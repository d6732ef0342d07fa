import {
  assertFinite,
  type Matrix,
  type ModelState,
  type Points,
  type PointsLike,
  pointsOf,
  ShapeError,
  StateError,
  UnsupportedError,
} from '@shoal/core';
import { Destroyable } from '@shoal/core/model-kit';
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { BatchReader } from './batch-reader.ts';
import { Network } from '../layers/network.ts';
import { forEachBatch } from './for-each-batch.ts';
import { readState, writeState } from './model-state.ts';
import type { LayerWeights, NetworkShape } from '../layers/network-shape.ts';
import { networkSummary } from '../layers/summary.ts';
import type { TrainingHistory } from './training.ts';

/** Number of rows that pass through the network at once when it is not trained. */
const BATCH_SIZE = 2048;

/** The parts of an `AutoencoderModel`. */
interface ModelParts {
  readonly network: Network;
  readonly shape: NetworkShape;
  readonly weights: readonly LayerWeights[];
  readonly backend: TensorBackend;
  readonly history: TrainingHistory;
}

/** Settings of one pass of points through the network. */
export interface AutoencoderPassOptions {
  readonly signal?: AbortSignal | undefined;
}

/** A trained autoencoder, resident on its backend until `destroy()`. Made by `Autoencoder.fit` or `fromState`. */
export class AutoencoderModel extends Destroyable {
  readonly history: TrainingHistory;
  /** Columns of the points, D. */
  readonly columns: number;
  /** Columns of the code. */
  readonly codeColumns: number;
  readonly #parts: ModelParts;
  #destroyed = false;

  constructor(parts: ModelParts) {
    super();
    const { layers, encoderDepth } = parts.shape;
    this.#parts = parts;
    this.history = parts.history;
    this.columns = layers[0].inputs;
    this.codeColumns = layers[encoderDepth - 1].units;
    Object.freeze(this);
  }

  /**
   * The code of each of N x D points, N x codeColumns: in host memory on wasm; on WebGPU a `DeviceMatrix` of engine
   * `webgpu`, with values that never leave the device. The caller destroys it.
   *
   * @throws {ShapeError} when the points have other columns than the model
   * @throws {UnsupportedError} when the points are on a device, or the result exceeds its largest buffer
   * @throws {DataError} when values are not finite
   * @throws {StateError} after `destroy()`, or when the backend was destroyed
   * @throws the signal's reason when it is aborted
   */
  encode(points: PointsLike, options: AutoencoderPassOptions = {}): Promise<Points> {
    return this.#pass(points, this.codeColumns, options, (network, batch) => network.encode(batch));
  }

  /** The points as the network reconstructs them, N x D; memory and errors as in `encode`. */
  reconstruct(points: PointsLike, options: AutoencoderPassOptions = {}): Promise<Points> {
    return this.#pass(points, this.columns, options, (network, batch) => network.reconstruct(batch));
  }

  /** Layers and numbers of parameters of the whole network and of the encoder alone, as Keras prints them. */
  summary(): string {
    return networkSummary(this.#parts.shape);
  }

  /** Everything that `fromState` needs, without a reference to the backend. */
  toState(): ModelState {
    return writeState(this.#parts);
  }

  /**
   * Loads a saved model onto a backend.
   *
   * @throws {DataError} when the state is of another model or damaged
   * @throws {StateError} when the backend was destroyed
   */
  static fromState(state: ModelState, backend: TensorBackend): AutoencoderModel {
    const saved = readState(state);
    const network = backend.run(() => new Network(saved.shape, saved.weights, backend));
    return new AutoencoderModel({ ...saved, network, backend });
  }

  /** Frees the weights on the backend. Calling it twice is harmless. */
  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    if (!this.#parts.backend.destroyed) this.#parts.network.dispose();
  }

  async #pass(
    points: PointsLike,
    columns: number,
    { signal }: AutoencoderPassOptions,
    apply: (network: Network, batch: Tensor2D) => Tensor2D,
  ): Promise<Points> {
    const { backend, network } = this.#parts;
    const host = this.#requireReadable(points);
    signal?.throwIfAborted();
    const reader = new BatchReader(host, BATCH_SIZE);
    const sink = backend.createRowSink(host.rows, columns);
    try {
      await forEachBatch(backend, host.rows, BATCH_SIZE, signal, (start, end) => {
        this.#requireAlive();
        backend.run(() => {
          sink.append(apply(network, reader.range(start, end)));
        });
      });
    } catch (error) {
      sink.discard();
      throw error;
    }
    return sink.finish();
  }

  #requireAlive(): void {
    if (this.#destroyed) throw new StateError('The autoencoder was destroyed; load or train it again.');
  }

  #requireReadable(given: PointsLike): Matrix {
    this.#requireAlive();
    const points = pointsOf(given);
    if (points.columns !== this.columns) {
      throw new ShapeError(
        `The autoencoder was trained on ${this.columns} columns but the points have ${points.columns}.`,
      );
    }
    if (points.location === 'device') {
      throw new UnsupportedError(
        `An autoencoder reads points from host memory, but these are on the ${points.engine} device; download them first.`,
      );
    }
    assertFinite(points);
    return points;
  }
}
