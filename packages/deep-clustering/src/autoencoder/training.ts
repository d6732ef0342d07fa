import { DataError, Random, type Matrix, type ProgressListener } from '@shoal/core';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { BatchReader } from './batch-reader.ts';
import type { Network } from '../layers/network.ts';
import type { LayerWeights } from '../layers/network-shape.ts';
import { ResumableOptimizer, type OptimizerState } from '../training/optimizer.ts';
import { forEachBatch } from './for-each-batch.ts';
import { MeanLoss } from './mean-loss.ts';
import { NoisePool } from './noise-pool.ts';
import type { ResolvedSettings } from './options.ts';
import { lossFunction, type LossFunction } from './reconstruction-loss.ts';

/** Mean loss of each epoch. */
export interface TrainingHistory {
  /** Over the training points, each measured when it was used in the epoch, with noise. */
  readonly loss: readonly number[];
  /** Over the validation points after the epoch, without noise; empty when there are no validation points. */
  readonly validationLoss: readonly number[];
}

/** The state of a training after an epoch: all that is needed to go on, except the network's weights. */
export interface TrainingProgress {
  readonly history: TrainingHistory;
  readonly optimizer: OptimizerState | undefined;
  /** Weights with the lowest validation loss; only with `patience`. */
  readonly best: readonly LayerWeights[] | undefined;
}

/** The input of a training. */
export interface TrainingJob {
  readonly network: Network;
  readonly settings: ResolvedSettings;
  readonly backend: TensorBackend;
  readonly points: Matrix;
  readonly validation?: Matrix | undefined;
  readonly random: Random;
  /** Where it goes on; the network must have the weights of that moment. */
  readonly start?: TrainingProgress | undefined;
  /** Awaited after every epoch. */
  readonly onEpoch?: ((progress: TrainingProgress) => Promise<void>) | undefined;
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

/** The error for a training whose numbers became too large for float32. */
export function diverged(seen: string, { learningRate }: Pick<ResolvedSettings, 'learningRate'>): DataError {
  return new DataError(
    `The training diverged: ${seen}. Lower the learning rate (${learningRate}) or scale the points.`,
  );
}

class Training {
  readonly #job: TrainingJob;
  readonly #lossFunction: LossFunction;
  readonly #optimizer: ResumableOptimizer;
  readonly #noise: NoisePool | undefined;
  readonly #reader: BatchReader;
  readonly #order: Uint32Array;
  readonly #shuffling: Random;
  readonly #history: { readonly loss: number[]; readonly validationLoss: number[] };
  #best: readonly LayerWeights[] | undefined;

  constructor(job: TrainingJob) {
    const { settings, points, backend, random, start } = job;
    const { batchSize, noise, learningRate } = settings;
    this.#job = job;
    this.#lossFunction = lossFunction(settings.loss, settings.outputActivation);
    this.#reader = new BatchReader(points, batchSize);
    this.#order = Uint32Array.from({ length: points.rows }, (_, i) => i);
    this.#shuffling = new Random(random.seed());
    const noiseRandom = new Random(random.seed());
    const batchValues = Math.min(batchSize, points.rows) * points.columns;
    this.#noise = noise > 0 ? new NoisePool(noise, batchValues, noiseRandom, backend) : undefined;
    this.#optimizer = new ResumableOptimizer('adam', learningRate, backend);
    this.#history = {
      loss: [...(start?.history.loss ?? [])],
      validationLoss: [...(start?.history.validationLoss ?? [])],
    };
    this.#best = start?.best;
  }

  async run(): Promise<TrainingHistory> {
    const { settings, network, backend, start, onEpoch } = this.#job;
    if (start?.optimizer) await this.#optimizer.restore(start.optimizer);
    const done = this.#history.loss.length;
    for (let epoch = 0; epoch < done; epoch++) this.#passOver();
    for (let epoch = done; epoch < settings.epochs && !this.#outOfPatience(); epoch++) {
      await this.#learn(epoch);
      await onEpoch?.({
        history: structuredClone(this.#history),
        optimizer: await this.#optimizer.save(),
        best: this.#best,
      });
    }
    const best = this.#best;
    if (best) {
      backend.run(() => {
        network.assign(best);
      });
    }
    return this.#history;
  }

  /** Draws the random numbers of an epoch. They follow from the seed and need not be saved. */
  #passOver(): void {
    const { settings, points } = this.#job;
    this.#shuffling.shuffle(this.#order);
    for (let start = 0; start < points.rows; start += settings.batchSize) {
      this.#noise?.skip(Math.min(settings.batchSize, points.rows - start) * points.columns);
    }
  }

  /** One epoch, and the validation loss after it. */
  async #learn(epoch: number): Promise<void> {
    const { settings, validation, network } = this.#job;
    const loss = await this.#runEpoch(epoch);
    if (!Number.isFinite(loss)) throw diverged(`the loss of epoch ${epoch + 1} is ${loss}`, settings);
    this.#history.loss.push(loss);
    if (!validation) return;
    const validationLoss = await this.#validate(validation);
    if (!Number.isFinite(validationLoss)) {
      throw diverged(`the validation loss of epoch ${epoch + 1} is ${validationLoss}`, settings);
    }
    this.#history.validationLoss.push(validationLoss);
    if (settings.patience !== undefined && this.#epochsWithoutLower() === 0) {
      this.#best = await network.readWeights();
    }
  }

  #outOfPatience(): boolean {
    const { patience } = this.#job.settings;
    return patience !== undefined && this.#epochsWithoutLower() >= patience;
  }

  /** Epochs since the one of the lowest validation loss. */
  #epochsWithoutLower(): number {
    const { validationLoss } = this.#history;
    const lowest = validationLoss.indexOf(Math.min(...validationLoss));
    return validationLoss.length - 1 - lowest;
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

  /** One step of the optimizer on the given rows. */
  #step(rows: Uint32Array, mean: MeanLoss): void {
    const { network } = this.#job;
    const target = this.#reader.gather(rows);
    const pass = network.forward(this.#noise?.addTo(target) ?? target);
    mean.add(this.#lossFunction.total(pass.output, target), target.size);
    this.#optimizer.apply(network.backward(pass, this.#lossFunction.gradient(pass.output, target)));
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
    this.#optimizer.dispose();
    if (!this.#job.backend.destroyed) this.#noise?.dispose();
  }
}
