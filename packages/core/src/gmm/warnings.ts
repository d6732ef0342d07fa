import type { CovarianceType, GaussianMixtureParameters } from '../engine/mixture/session.ts';
import type { EmRun } from './em.ts';

/** Greatest number of components that a warning names. */
const MOST_NAMED = 5;

/** A variance this little above `regCovar`, as a share of it, is rounding of the points. */
const ROUNDING = 1e-3;

interface Settings {
  readonly clusters: number;
  readonly covarianceType: CovarianceType;
  readonly maxIterations: number;
  readonly regCovar: number;
}

/** The warnings about the best start of a fit. */
export function warningsAbout(
  best: EmRun & GaussianMixtureParameters & { readonly labels: Uint32Array },
  { clusters: components, covarianceType, maxIterations, regCovar }: Settings,
  columns: number,
): string[] {
  // Right after initialization, empty components and variances of regCovar are normal.
  if (maxIterations === 0) return [];
  const warnings: string[] = [];
  const used = new Set(best.labels);
  if (used.size < components) {
    warnings.push(
      `Only ${used.size} of ${components} components are the most likely one of any point: there may be fewer distinct ` +
        'points than components, or components that share the same points, whose division is arbitrary.',
    );
  }
  const varianceOf = (k: number): number => meanVariance(best.covariances, covarianceType, k, columns);
  const collapsed = Array.from(used)
    .filter((k) => varianceOf(k) <= regCovar * (1 + ROUNDING))
    .sort((a, b) => a - b);
  if (covarianceType !== 'tied' && collapsed.length > 0) {
    const named = collapsed.slice(0, MOST_NAMED).join(', ') + (collapsed.length > MOST_NAMED ? ', ...' : '');
    warnings.push(
      `${collapsed.length} of ${components} components collapsed onto equal points (${named}): their variance is ` +
        'regCovar alone, and so their likelihood means little. Use fewer components or raise regCovar.',
    );
  }
  const drowned = Array.from(used).filter((k) => varianceOf(k) <= 2 * regCovar).length - collapsed.length;
  if (drowned > 0) {
    warnings.push(
      `regCovar, ${regCovar}, is more than half of the variance of ${drowned} of ${components} components: the points are ` +
        "so close to each other that regCovar decides labels. Use scaling: 'standardize', or a smaller regCovar.",
    );
  }
  if (!best.converged) {
    warnings.push(
      `The best start did not converge in ${maxIterations} iterations; raise maxIterations or tolerance.`,
    );
  }
  return warnings;
}

/** Mean of a component's variances over the columns. */
function meanVariance(covariances: Float64Array, type: CovarianceType, k: number, columns: number): number {
  switch (type) {
    case 'spherical':
      return covariances[k];
    case 'diag':
      return mean(columns, (j) => covariances[k * columns + j]);
    case 'full':
      return mean(columns, (j) => covariances[k * columns * columns + j * (columns + 1)]);
    case 'tied':
      return mean(columns, (j) => covariances[j * (columns + 1)]);
  }
}

function mean(count: number, of: (index: number) => number): number {
  let sum = 0;
  for (let j = 0; j < count; j++) sum += of(j);
  return sum / count;
}
