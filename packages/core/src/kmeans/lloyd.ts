import type { KMeansIteration, KMeansSession } from '../engine/kmeans/session.ts';
import { relocate, type FrozenCentroids } from './empty-clusters.ts';

/** Iterations asked of an engine at once: enough to keep a GPU busy, few enough to report progress. */
const BATCH = 8;

/** A start after an iteration, from which it can be continued: the last iteration is done again, which finds its labels. */
export interface LloydState extends Pick<LloydRun, 'inertiaHistory' | 'iterations'> {
  /** From which the last iteration started, K x D. */
  readonly centroids: Float32Array | Float64Array;
}

export interface LloydOptions {
  readonly maxIterations: number;
  /**
   * The start has converged when the squared movement of the centroids is at most this, in squared units of the data.
   */
  readonly tolerance: number;
  readonly unitCentroids: boolean;
  readonly weights?: Float32Array | undefined;
  /** Clusters whose centroids stay at their given positions. */
  readonly frozen?: ReadonlySet<number> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** A state to continue from. */
  readonly from?: LloydState | undefined;
  /** Called, and awaited, after each iteration that can be continued, which then is a batch of its own. */
  readonly onState?: ((state: LloydState) => Promise<void>) | undefined;
  /** Called after each batch with the iterations done so far and the newest inertia. */
  readonly onBatch?: ((iterations: number, inertia: number) => void) | undefined;
  /** Called, and awaited, after each iteration, which then is a batch of its own. */
  readonly onIteration?: ((iteration: number, inertia: number) => void | Promise<void>) | undefined;
}

/**
 * The course of Lloyd's algorithm from one start. The session holds the centroids and the labels that belong to them.
 */
export interface LloydRun {
  /** Inertia of every assignment made, the last one for the final centroids. */
  readonly inertiaHistory: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Lloyd's algorithm from the given centroids (K x D): assign and average until no label changes, the centroids move by
 * no more than the tolerance, or the iterations are used up. Empty clusters move to far points. Engines move every
 * centroid, so when some are frozen they only assign, and centroids are averaged here.
 */
export async function runLloyd(
  session: KMeansSession,
  centroids: Float32Array | Float64Array,
  options: LloydOptions,
): Promise<LloydRun> {
  const { maxIterations, tolerance, unitCentroids, weights, frozen, signal } = options;
  const { from, onState, onBatch, onIteration } = options;
  await session.writeCentroids(from?.centroids ?? centroids);
  if (from) await session.step(1, tolerance);
  const kept: FrozenCentroids | undefined = frozen && { indices: frozen, centroids };
  const inertiaHistory: number[] = [...(from?.inertiaHistory ?? [])];
  let iterations = from?.iterations ?? 0;
  let labelsSettled = false;
  let centroidsSettled = false;
  // Writing centroids makes a session forget its labels; after a relocation we compare them ourselves.
  let labelsBeforeRelocation: Uint32Array | undefined;

  while (iterations < maxIterations && !labelsSettled && !centroidsSettled) {
    signal?.throwIfAborted();
    const single = labelsBeforeRelocation !== undefined || onIteration !== undefined || onState !== undefined;
    const before = onState && (await session.readCentroids());
    const count = single ? 1 : Math.min(BATCH, maxIterations - iterations);
    const batch = kept ? [await assignAlone(session)] : await session.step(count, tolerance);
    const last = batch[batch.length - 1];
    iterations += batch.length;
    inertiaHistory.push(...batch.map((iteration) => iteration.inertia));

    labelsSettled = labelsBeforeRelocation
      ? sameLabels(labelsBeforeRelocation, await session.readLabels())
      : last.changed === 0;
    labelsBeforeRelocation = undefined;
    if (!labelsSettled && (kept || last.empty > 0)) {
      const { shift, labels } = await relocate(session, unitCentroids, weights, kept);
      labelsBeforeRelocation = labels;
      centroidsSettled = shift <= tolerance;
    } else {
      centroidsSettled = last.shift <= tolerance;
    }
    const goesOn = !labelsSettled && !centroidsSettled && labelsBeforeRelocation === undefined;
    if (onState && before && goesOn) await onState({ centroids: before, inertiaHistory, iterations });
    onBatch?.(iterations, last.inertia);
    await onIteration?.(iterations, last.inertia);
  }

  if (!labelsSettled) inertiaHistory.push((await session.assign()).inertia);
  return { inertiaHistory, iterations, converged: labelsSettled || centroidsSettled };
}

/** An iteration that moves no centroid. */
async function assignAlone(session: KMeansSession): Promise<KMeansIteration> {
  return { ...(await session.assign()), shift: 0, empty: 0 };
}

export function sameLabels(a: Uint32Array, b: Uint32Array): boolean {
  return a.every((label, i) => label === b[i]);
}
