import type { Matrix, ProgressListener } from '@shoal/core';
import { mul, type Tensor2D, type Variable } from '@tensorflow/tfjs-core';
import { BatchReader } from '../autoencoder/batch-reader.ts';
import { forEachBatch } from '../autoencoder/for-each-batch.ts';
import { MeanLoss } from '../autoencoder/mean-loss.ts';
import { diverged } from '../autoencoder/training.ts';
import type { LossFunction } from '../autoencoder/reconstruction-loss.ts';
import type { Network } from '../layers/network.ts';
import type { TensorBackend } from '../backend/tensor-backend.ts';
import { BatchOrder } from '../training/batch-order.ts';
import { ResumableOptimizer, type OptimizerState } from '../training/optimizer.ts';
import { clusteringLoss } from './clustering-loss.ts';
import type { ResolvedEmbeddedSettings } from './options.ts';
import { hardAssignments, softAssignments, targetDistribution } from './soft-assignment.ts';

/** The course of a training; each list has a value for every target distribution after the first. */
export interface EmbeddedHistory {
  /** Mean KL(P || Q) of the points since the last target. */
  readonly clusteringLoss: readonly number[];
  /** Mean reconstruction loss since then; empty for DEC. */
  readonly reconstructionLoss: readonly number[];
  /** Share of the points that changed their cluster since then. */
  readonly changed: readonly number[];
}

/** The state of a training at a new target: all that is needed to go on. */
export interface EmbeddedProgress {
  readonly steps: number;
  readonly labels: Uint32Array;
  readonly history: EmbeddedHistory;
  readonly optimizer: OptimizerState | undefined;
}

/** The input of a training. */
export interface EmbeddedJob {
  readonly network: Network;
  /** K x d, trained in place. */
  readonly centers: Variable;
  readonly settings: ResolvedEmbeddedSettings;
  readonly reconstruction: LossFunction;
  readonly points: Matrix;
  readonly backend: TensorBackend;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ProgressListener | undefined;
  /** Codes of all points by the network as it is now, on the host. */
  readonly encode: () => Promise<Matrix>;
  /** Awaited whenever there is a new target. */
  readonly onTarget?: ((progress: EmbeddedProgress) => Promise<void>) | undefined;
}

export interface TrainedEmbedding {
  readonly labels: Uint32Array;
  readonly steps: number;
  readonly converged: boolean;
  readonly history: EmbeddedHistory;
}

/**
 * Trains network and centers in place, starting at `start`.
 *
 * @throws {DataError} when a loss stops being a finite number
 * @throws the signal's reason when it is aborted
 */
export async function trainEmbedding(
  job: EmbeddedJob,
  start: EmbeddedProgress | undefined,
): Promise<TrainedEmbedding> {
  const { settings, backend } = job;
  const optimizer = new ResumableOptimizer(settings.optimizer, settings.learningRate, backend);
  try {
    if (start?.optimizer) await optimizer.restore(start.optimizer);
    return await run(job, optimizer, start);
  } finally {
    optimizer.dispose();
  }
}

async function run(
  job: EmbeddedJob,
  optimizer: ResumableOptimizer,
  start: EmbeddedProgress | undefined,
): Promise<TrainedEmbedding> {
  const { settings, points, onTarget } = job;
  const { clusters, tolerance, maxIterations, updateInterval, objective } = settings;
  const history = {
    clusteringLoss: [...(start?.history.clusteringLoss ?? [])],
    reconstructionLoss: [...(start?.history.reconstructionLoss ?? [])],
    changed: [...(start?.history.changed ?? [])],
  };
  let labels = start?.labels;
  let steps = start?.steps ?? 0;
  const order = new BatchOrder(points.rows, settings.batchSize, job.seed);
  for (;;) {
    const q = softAssignments(await job.encode(), await job.backend.read(job.centers));
    if (labels === undefined || steps > (start?.steps ?? 0)) {
      const now = hardAssignments(q, clusters);
      if (labels !== undefined) history.changed.push(shareChanged(labels, now));
      labels = now;
      if (onTarget) {
        const slots = steps > 0 ? await optimizer.save() : undefined;
        await onTarget({ steps, labels, history: structuredClone(history), optimizer: slots });
      }
    }
    const converged = history.changed.length > 0 && history.changed[history.changed.length - 1] < tolerance;
    if (converged || steps >= maxIterations) return { labels, steps, converged, history };
    const count = Math.min(updateInterval, maxIterations - steps);
    const losses = await takeSteps(job, optimizer, targetDistribution(q, clusters), order, steps, count);
    history.clusteringLoss.push(losses.clustering);
    if (objective === 'idec') history.reconstructionLoss.push(losses.reconstruction);
    steps += count;
  }
}

/** @returns mean losses over the steps */
async function takeSteps(
  job: EmbeddedJob,
  optimizer: ResumableOptimizer,
  targets: Matrix,
  order: BatchOrder,
  first: number,
  count: number,
): Promise<{ readonly clustering: number; readonly reconstruction: number }> {
  const { backend, settings, points, signal, onProgress } = job;
  const inputs = new BatchReader(points, settings.batchSize);
  const wanted = new BatchReader(targets, settings.batchSize);
  const clustering = new MeanLoss(backend);
  const reconstruction = new MeanLoss(backend);
  try {
    await forEachBatch(backend, count, 1, signal, (step) => {
      const rows = order.rowsOf(first + step);
      backend.run(() => {
        takeStep(job, optimizer, inputs.gather(rows), wanted.gather(rows), { clustering, reconstruction });
      });
      onProgress?.({ phase: settings.objective, completed: first + step + 1, total: settings.maxIterations });
    });
    const losses = {
      clustering: await clustering.read(),
      reconstruction: settings.objective === 'idec' ? await reconstruction.read() : 0,
    };
    for (const [name, loss] of Object.entries(losses)) {
      if (Number.isFinite(loss)) continue;
      throw diverged(`the ${name} loss before step ${first + count} is ${loss}`, settings);
    }
    return losses;
  } finally {
    clustering.dispose();
    reconstruction.dispose();
  }
}

function takeStep(
  { network, centers, settings, reconstruction }: EmbeddedJob,
  optimizer: ResumableOptimizer,
  x: Tensor2D,
  target: Tensor2D,
  means: { readonly clustering: MeanLoss; readonly reconstruction: MeanLoss },
): void {
  const pass = network.forward(x);
  const { total, byCode, byCenters } = clusteringLoss(network.codeOf(pass), centers as Tensor2D, target);
  means.clustering.add(total, x.shape[0]);
  if (settings.objective === 'dec') {
    const gradients = network.backwardFromCode(pass, byCode);
    optimizer.apply([...gradients, { name: centers.name, tensor: byCenters }]);
    return;
  }
  means.reconstruction.add(reconstruction.total(pass.output, x), x.size);
  const byOutput = reconstruction.gradient(pass.output, x);
  const gradients = network.backward(pass, byOutput, mul(byCode, settings.gamma));
  optimizer.apply([...gradients, { name: centers.name, tensor: mul(byCenters, settings.gamma) }]);
}

function shareChanged(before: Uint32Array, after: Uint32Array): number {
  let changed = 0;
  for (let i = 0; i < before.length; i++) if (before[i] !== after[i]) changed++;
  return changed / before.length;
}
