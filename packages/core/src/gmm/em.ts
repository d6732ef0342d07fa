import type { GaussianMixtureSession } from '../engine/engine.ts';

/** Iterations asked of an engine at once: enough to keep a GPU busy, few enough to report progress. */
const BATCH = 8;

export interface EmOptions {
  readonly maxIterations: number;
  /** Change of the mean log-likelihood below which the run has converged. */
  readonly tolerance: number;
  readonly signal?: AbortSignal | undefined;
  /** Called after each batch with the iterations done so far and the newest lower bound. */
  readonly onBatch?: ((iterations: number, lowerBound: number) => void) | undefined;
  /** Called, and awaited, after each iteration, which then is a batch of its own. */
  readonly onIteration?: ((iteration: number, lowerBound: number) => void | Promise<void>) | undefined;
}

/** How a run of EM went. The session holds its parameters and the labels that belong to them. */
export interface EmRun {
  /** Mean log-likelihood at every E-step made, the last one for the parameters the run ended with. */
  readonly lowerBoundHistory: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Expectation maximisation (Dempster, Laird & Rubin, J. Royal Stat. Soc. B 39(1), 1977) from the session's
 * parameters: until the mean log-likelihood settles or the iterations are used up, then a last E-step.
 *
 * @throws {SingularCovarianceError} when a covariance stops being positive definite
 */
export async function runEm(
  session: GaussianMixtureSession,
  { maxIterations, tolerance, signal, onBatch, onIteration }: EmOptions,
): Promise<EmRun> {
  const history: number[] = [];
  let converged = false;
  while (history.length < maxIterations && !converged) {
    signal?.throwIfAborted();
    const count = onIteration ? 1 : Math.min(BATCH, maxIterations - history.length);
    const batch = await session.step(count, tolerance);
    history.push(...batch.map((iteration) => iteration.lowerBound));
    const last = history.length - 1;
    converged = last > 0 && Math.abs(history[last] - history[last - 1]) < tolerance;
    onBatch?.(history.length, history[last]);
    await onIteration?.(history.length, history[last]);
  }
  const iterations = history.length;
  history.push((await session.evaluate()).lowerBound);
  return { lowerBoundHistory: history, iterations, converged };
}
