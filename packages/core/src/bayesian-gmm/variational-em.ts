import { inTurns } from '../chunks.ts';
import type { GaussianMixtureSession } from '../engine/mixture/session.ts';
import { entropyOf, lowerBoundOf } from './lower-bound.ts';
import type { PosteriorState } from './posterior-state.ts';
import {
  expectedMixture,
  maximizePosterior,
  toWeights,
  type ExpectedMixture,
  type MixturePrior,
} from './posterior.ts';

interface VariationalOptions {
  readonly prior: MixturePrior;
  readonly maxIterations: number;
  /** The start has converged when the lower bound per weight changes by less. */
  readonly tolerance: number;
  /** Weight of the points. */
  readonly total: number;
  readonly regCovar: number;
  readonly signal: AbortSignal | undefined;
  /** Called, and awaited, after each iteration; the session then holds the expected mixture. */
  readonly onIteration: (
    iteration: number,
    lowerBound: number,
    posterior: PosteriorState,
  ) => void | Promise<void>;
}

/** The course of one start. The session holds the expected mixture. */
export interface VariationalRun {
  readonly posterior: PosteriorState;
  /** Per weight, after each iteration. */
  readonly lowerBoundHistory: readonly number[];
  readonly iterations: number;
  readonly converged: boolean;
}

/**
 * Variational EM. Engines know mixtures, not posteriors: for the E-step they get the expected mixture, and their own M-step
 * gives the moments that the posterior is made from.
 *
 * @param first posterior, its means in the coordinates of the session
 * @throws {SingularCovarianceError} when a covariance stops being positive definite
 */
export async function runVariationalEm(
  session: GaussianMixtureSession,
  first: PosteriorState,
  options: VariationalOptions,
): Promise<VariationalRun> {
  const { prior, maxIterations, tolerance, total, regCovar, signal, onIteration } = options;
  const { columns, covarianceType: type } = session;
  const { weightPrior } = prior;
  const lowerBoundHistory: number[] = [];
  let posterior = first;
  let converged = false;
  let before = -Infinity;
  let expected = await inTurns(expectedMixture(posterior, type, columns, weightPrior), signal);
  let logScale = await writeExpected(session, posterior, expected);
  while (lowerBoundHistory.length < maxIterations && !converged) {
    signal?.throwIfAborted();
    const [iteration] = await session.step(1, 0);
    const likelihood = total * (iteration.lowerBound + logScale);
    const sample = await session.readParameters();
    const { means } = posterior;
    const entropy = entropyOf({ expected, means, likelihood, sample, total, regCovar }, type);
    posterior = maximizePosterior(sample, total, prior, type);
    expected = await inTurns(expectedMixture(posterior, type, columns, weightPrior), signal);
    const bound = lowerBoundOf(entropy, posterior, expected, columns, weightPrior) / total;
    converged = Math.abs(bound - before) < tolerance;
    before = bound;
    lowerBoundHistory.push(bound);
    logScale = await writeExpected(session, posterior, expected);
    await onIteration(lowerBoundHistory.length, bound, posterior);
  }
  return { posterior, lowerBoundHistory, iterations: lowerBoundHistory.length, converged };
}

/** @returns the log of the factor by which the session's densities are too small */
async function writeExpected(
  session: GaussianMixtureSession,
  { means, covariances }: PosteriorState,
  { logWeights }: ExpectedMixture,
): Promise<number> {
  const { weights, logScale } = toWeights(logWeights);
  await session.writeParameters({ weights, means, covariances });
  return logScale;
}
