import { openMixture } from '../parts/parted-mixture-session.ts';
import { balanceWeights } from '../balance-weights.ts';
import type { CovarianceType } from '../engine/mixture/session.ts';
import type { PlacedMixture } from '../gmm/placed-mixture.ts';
import { subtractFromDiagonals } from './blocks.ts';
import type { MixturePrior } from './posterior.ts';

/** Greatest weight of all points whose covariance cannot be corrected for the mean that was estimated from them. */
const ONE_POINT = 1;

/**
 * The prior whose mean and covariance are those of the points, as in scikit-learn, which divides by one less than the
 * number of points.
 *
 * @param total weight of the points
 */
export async function priorOfPoints(
  { engine, centered, center, weights }: PlacedMixture,
  type: CovarianceType,
  total: number,
  settings: Omit<MixturePrior, 'mean' | 'covariance'>,
  signal: AbortSignal | undefined,
): Promise<MixturePrior> {
  // Columns may be constant, but no session takes a variance of 0.
  const regCovar = 1e-6;
  const session = await openMixture(engine, centered, {
    components: 1,
    covarianceType: type === 'tied' ? 'full' : type,
    regCovar,
    weights: balanceWeights(weights),
    center,
    signal,
  });
  try {
    await session.initialize({ kind: 'labels', labels: new Uint32Array(centered.rows) });
    const { means, covariances } = await session.readParameters();
    const correction = total > ONE_POINT ? total / (total - 1) : 1;
    subtractFromDiagonals(covariances, type, centered.columns, regCovar);
    return { ...settings, mean: means, covariance: covariances.map((value) => value * correction) };
  } finally {
    session.destroy();
  }
}
