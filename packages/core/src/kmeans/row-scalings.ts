import type { RowScaling } from '../scaling/types.ts';
import type { KMeansMetric } from './types.ts';

/** The row scalings, in order, that bring points to where clusters live: the fitted one, and unit length for cosine. */
export function rowScalings(scaling: RowScaling | undefined, metric: KMeansMetric): readonly RowScaling[] {
  const fitted = scaling ? [scaling] : [];
  return metric === 'cosine' ? [...fitted, { kind: 'unit' }] : fitted;
}
