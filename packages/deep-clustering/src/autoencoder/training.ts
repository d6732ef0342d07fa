import { DataError, Random, type Matrix, type ProgressListener } from '@shoal/core';
import { train, type AdamOptimizer } from '@tensorflow/tfjs-core';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { BatchReader } from './batch-reader.ts';
import { BestWeights } from './best-weights.ts';
import type { Network } from '../layers/network.ts';
import { forEachBatch } from './for-each-batch.ts';
import { MeanLoss } from './mean-loss.ts';
import { NoisePool } from './noise-pool.ts';
import type { ResolvedSettings } from './options.ts';
import { lossFunction, type LossFunction } from './reconstruction-loss.ts';

/** Mean loss of each epoch. */
export interface TrainingHistory {
  /** Over the training points, each as the network met it in the course of the epoch, noise included. */
  readonly loss: readonly number[];
  /** Over the validation points after the epoch, without noise; empty when there were none. */
  readonly validationLoss: readonly number[];
}

/** What a training works on. */
export interface TrainingJob {
  readonly network: Network;
  readonly settings: ResolvedSettings;
  readonly backend: TensorBackend;
  readonly points: Matrix;
  readonly validation?: Matrix | undefined;
  readonly random: Random;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
}

/**
 * Trains the network in place.
 *
 * @throws {DataError} when a loss stops being a finite number
 * @throws the signal's reason when it is aborted
 */
export async function trainNetwork(job: TrainingJob): Promise<TrainingHistory> {
  const training = new Training(job);
  try {
    return await training.run();
  } finally {
    training.dispose();
  }
}

/** The error for a training whose numbers left float32. */
export function diverged(seen: string, { learningRate }: Pick<ResolvedSettings, 'learningRate'>): DataError {
  return new DataError(
    `The training diverged: ${seen}. Lower the learning rate (${learningRate}) or scale the points.`,
  );
}

class Training {
  readonly #job: TrainingJob;
  readonly #lossFunction: LossFunction;
  readonly #optimizer: AdamOptimizer;
  readonly #noise: NoisePool | undefined;
  readonly #reader: BatchReader;
  readonly #order: Uint32Array;
  readonly #shuffling: Random;
  readonly #best: BestWeights | undefined;
  readonly #history = { loss: [] as number[], validationLoss: [] as number[] };

  constructor(job: TrainingJob) {
    const { settings, points, backend, network, random } = job;
    const { batchSize, noise, patience, learningRate } = settings;
    this.#job = job;
    this.#lossFunction = lossFunction(settings.loss, settings.outputActivation);
    this.#reader = new BatchReader(points, batchSize);
    this.#order = Uint32Array.from({ length: points.rows }, (_, i) => i);
    this.#shuffling = new Random(random.seed());
    const noiseRandom = new Random(random.seed());
    const batchValues = Math.min(batchSize, points.rows) * points.columns;
    this.#noise = noise > 0 ? new NoisePool(noise, batchValues, noiseRandom, backend) : undefined;
    this.#optimizer = backend.run(() => train.adam(learningRate, 0.9, 0.999, 1e-7));
    this.#best = patience === undefined ? undefined : new BestWeights(network.parameters, patience, backend);
  }

  async run(): Promise<TrainingHistory> {
    const { settings, validation } = this.#job;
    for (let epoch = 0; epoch < settings.epochs; epoch++) {
      const loss = await this.#runEpoch(epoch);
      if (!Number.isFinite(loss)) throw diverged(`the loss of epoch ${epoch + 1} is ${loss}`, settings);
      this.#history.loss.push(loss);
      if (!validation) continue;
      const validationLoss = await this.#validate(validation);
      if (!Number.isFinite(validationLoss)) {
        throw diverged(`the validation loss of epoch ${epoch + 1} is ${validationLoss}`, settings);
      }
      this.#history.validationLoss.push(validationLoss);
      if (this.#best?.shouldStop(validationLoss)) break;
    }
    this.#best?.restore();
    return this.#history;
  }

  /** One pass over the points in a new random order; returns their mean loss. */
  async #runEpoch(epoch: number): Promise<number> {
    const { settings, points, backend, signal, onProgress } = this.#job;
    const { epochs, batchSize } = settings;
    this.#shuffling.shuffle(this.#order);
    const lastLoss = epoch === 0 ? '' : `, loss ${this.#history.loss[epoch - 1].toFixed(4)}`;
    const message = `epoch ${epoch + 1} of ${epochs}${lastLoss}`;
    const mean = new MeanLoss(backend);
    try {
      await forEachBatch(backend, points.rows, batchSize, signal, (start, end) => {
        backend.run(() => {
          this.#step(this.#order.subarray(start, end), mean);
        });
        const completed = epoch * points.rows + end;
        onProgress?.({ phase: 'training', completed, total: epochs * points.rows, message });
      });
      return await mean.read();
    } finally {
      mean.dispose();
    }
  }

  /** One step of the optimiser on the given rows. */
  #step(rows: Uint32Array, mean: MeanLoss): void {
    const { network } = this.#job;
    const target = this.#reader.gather(rows);
    const pass = network.forward(this.#noise?.addTo(target) ?? target);
    mean.add(this.#lossFunction.total(pass.output, target), target.size);
    this.#optimizer.applyGradients(network.backward(pass, this.#lossFunction.gradient(pass.output, target)));
  }

  async #validate(validation: Matrix): Promise<number> {
    const { settings, network, backend, signal } = this.#job;
    const reader = new BatchReader(validation, settings.batchSize);
    const mean = new MeanLoss(backend);
    try {
      await forEachBatch(backend, validation.rows, settings.batchSize, signal, (start, end) => {
        backend.run(() => {
          const target = reader.range(start, end);
          mean.add(this.#lossFunction.total(network.forward(target).output, target), target.size);
        });
      });
      return await mean.read();
    } finally {
      mean.dispose();
    }
  }

  dispose(): void {
    if (this.#job.backend.disposed) return;
    this.#noise?.dispose();
    this.#best?.dispose();
    this.#optimizer.dispose();
  }
}
