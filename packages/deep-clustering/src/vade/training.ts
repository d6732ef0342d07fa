import { Random, type Matrix, type ProgressListener } from '@shoal/core';
import { tensor2d } from '@tensorflow/tfjs-core';
import { BatchReader } from '../autoencoder/batch-reader.ts';
import { forEachBatch } from '../autoencoder/for-each-batch.ts';
import { MeanLoss } from '../autoencoder/mean-loss.ts';
import { diverged } from '../autoencoder/training.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { BatchOrder } from '../training/batch-order.ts';
import { ResumableOptimizer, type OptimizerState } from '../training/optimizer.ts';
import type { ResolvedVadeSettings } from './options.ts';
import type { VariationalNetwork } from './variational-network.ts';

/** Mean losses of each epoch, per point; training minimizes their sum. */
export interface VadeHistory {
  /** The reconstruction loss, summed over the columns. */
  readonly reconstructionLoss: readonly number[];
  /** Divergence of the codes from the mixture, up to a constant. */
  readonly divergence: readonly number[];
}

/** The state of a training before an epoch: all that is needed to go on. */
export interface VadeProgress {
  readonly epochs: number;
  readonly history: VadeHistory;
  readonly optimizer: OptimizerState | undefined;
}

/** The input of a training. */
export interface VadeJob {
  readonly network: VariationalNetwork;
  readonly settings: ResolvedVadeSettings;
  readonly points: Matrix;
  readonly codeColumns: number;
  readonly backend: TensorBackend;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
  /** Awaited before every epoch, and after the last. */
  readonly onEpoch?: ((progress: VadeProgress) => Promise<void>) | undefined;
}

/**
 * Trains the network in place, starting at `start`.
 *
 * @throws {DataError} when a loss stops being a finite number
 * @throws the signal's reason when it is aborted
 */
export async function trainVade(job: VadeJob, start: VadeProgress | undefined): Promise<VadeHistory> {
  const { settings, backend, points, onEpoch } = job;
  const history = {
    reconstructionLoss: [...(start?.history.reconstructionLoss ?? [])],
    divergence: [...(start?.history.divergence ?? [])],
  };
  const order = new BatchOrder(points.rows, settings.batchSize, job.seed);
  const optimizer = new ResumableOptimizer('adam', settings.learningRate, backend);
  try {
    if (start?.optimizer) await optimizer.restore(start.optimizer);
    for (let epoch = start?.epochs ?? 0; ; epoch++) {
      if (onEpoch && epoch > (start?.epochs ?? -1)) {
        const state = epoch > 0 ? await optimizer.save() : undefined;
        await onEpoch({ epochs: epoch, history: structuredClone(history), optimizer: state });
      }
      if (epoch >= settings.epochs) return history;
      optimizer.setLearningRate(learningRateOf(epoch, settings));
      const losses = await runEpoch(job, optimizer, order, epoch);
      history.reconstructionLoss.push(losses.reconstruction);
      history.divergence.push(losses.divergence);
    }
  } finally {
    optimizer.dispose();
  }
}

function learningRateOf(epoch: number, settings: ResolvedVadeSettings): number {
  const { learningRate, decay, decayEpochs, leastLearningRate } = settings;
  const decayed = learningRate * decay ** Math.floor(epoch / decayEpochs);
  return Math.max(decayed, Math.min(leastLearningRate, learningRate));
}

async function runEpoch(
  job: VadeJob,
  optimizer: ResumableOptimizer,
  order: BatchOrder,
  epoch: number,
): Promise<{ readonly reconstruction: number; readonly divergence: number }> {
  const { network, settings, points, codeColumns, backend, signal, onProgress } = job;
  const reader = new BatchReader(points, settings.batchSize);
  // From the seed and the epoch only, so that any epoch can be the first one after an interruption.
  const noise = new Random((job.seed + epoch) % Number.MAX_SAFE_INTEGER);
  const reconstruction = new MeanLoss(backend);
  const divergence = new MeanLoss(backend);
  const total = settings.epochs * points.rows;
  try {
    await forEachBatch(backend, order.batches, 1, signal, (batch) => {
      const rows = order.rowsOf(epoch * order.batches + batch);
      const drawn = Float32Array.from({ length: rows.length * codeColumns }, () => noise.normal());
      backend.run(() => {
        const eps = tensor2d(drawn, [rows.length, codeColumns]);
        const { losses, gradients } = network.evaluate(reader.gather(rows), eps);
        reconstruction.add(losses.reconstruction, rows.length);
        divergence.add(losses.divergence, rows.length);
        optimizer.apply(gradients);
      });
      const completed = Math.min(points.rows, (batch + 1) * settings.batchSize) + epoch * points.rows;
      onProgress?.({ phase: 'vade', completed, total, message: `epoch ${epoch + 1} of ${settings.epochs}` });
    });
    const losses = { reconstruction: await reconstruction.read(), divergence: await divergence.read() };
    for (const [name, loss] of Object.entries(losses)) {
      if (Number.isFinite(loss)) continue;
      throw diverged(`the ${name} of epoch ${epoch + 1} is ${loss}`, settings);
    }
    return losses;
  } finally {
    reconstruction.dispose();
    divergence.dispose();
  }
}
