import type { GaussianMixtureSession } from '../engine/mixture/session.ts';

/** The mean log-likelihoods of the last E-steps of a fitted model, from which a start goes on. */
export interface EarlierBounds {
  /** Before its last M-step. */
  readonly previous: number;
  /** Of the parameters it ended with. */
  readonly last: number;
}

/** Iterations asked of an engine at once: enough to keep a GPU busy, few enough to report progress. */
const BATCH = 8;

export interface EmOptions {
  readonly maxIterations: number;
  /** The start has converged when the mean log-likelihood changes by less than this. */
  readonly tolerance: number;
  /** Given when the session's parameters are those of a fitted model. */
  readonly earlier?: EarlierBounds | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The lower bounds of a start that goes on; the session has its parameters. */
  readonly history?: readonly number[] | undefined;
  /** Called, and awaited, after each iteration from which a start can go on, which then is a batch of its own. */
  readonly onState?: ((history: readonly number[]) => Promise<void>) | undefined;
  /** Called after each batch with the iterations done so far and the newest lower bound. */
  readonly onBatch?: ((iterations: number, lowerBound: number) => void) | undefined;
  /** Called, and awaited, after each iteration, which then is a batch of its own. */
  readonly onIteration?: ((iteration: number, lowerBound: number) => void | Promise<void>) | undefined;
}

/** The course of EM from one start. The session holds the parameters and the labels that belong to them. */
export interface EmRun {
  /** Mean log-likelihood at every E-step made, the last one for the final parameters. */
  readonly lowerBoundHistory: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Expectation maximization (Dempster, Laird & Rubin, J. Royal Stat. Soc. B 39(1), 1977) from the session's parameters:
 * until the mean log-likelihood settles or the iterations are used up, then a last E-step. A start that continues a
 * fitted model settles where an uninterrupted fit would: its first E-step is compared with the model's last one.
 *
 * @throws {SingularCovarianceError} when a covariance stops being positive definite
 */
export async function runEm(session: GaussianMixtureSession, options: EmOptions): Promise<EmRun> {
  const { maxIterations, tolerance, earlier, signal, onState, onBatch, onIteration } = options;
  const history: number[] = [...(options.history ?? [])];
  let converged = false;
  while (history.length < maxIterations && !converged) {
    signal?.throwIfAborted();
    const alone =
      onIteration !== undefined || onState !== undefined || (earlier !== undefined && history.length === 0);
    const count = alone ? 1 : Math.min(BATCH, maxIterations - history.length);
    const batch = await session.step(count, tolerance);
    history.push(...batch.map((iteration) => iteration.lowerBound));
    const bound = history[history.length - 1];
    converged =
      history.length > 1 ? Math.abs(bound - history[history.length - 2]) < tolerance : settledBefore(bound);
    if (!converged) await onState?.(history);
    onBatch?.(history.length, bound);
    await onIteration?.(history.length, bound);
  }
  const iterations = history.length;
  history.push((await session.evaluate()).lowerBound);
  return { lowerBoundHistory: history, iterations, converged };

  /** On other points the model has another log-likelihood, so its earlier values cannot be compared. */
  function settledBefore(bound: number): boolean {
    return (
      earlier !== undefined &&
      Math.abs(bound - earlier.last) < tolerance &&
      Math.abs(bound - earlier.previous) < tolerance
    );
  }
}
