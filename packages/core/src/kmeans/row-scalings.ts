import { scalingKind } from '../scaling/scaling-kind.ts';
import type { RowScaling, RowScalingKind } from '../scaling/types.ts';
import type { KMeansMetric, KMeansOptions } from './types.ts';

/** The row scalings, in order, that bring points to where clusters live: the fitted one, and unit length for cosine. */
export function rowScalings(scaling: RowScaling | undefined, metric: KMeansMetric): readonly RowScaling[] {
  const fitted = scaling ? [scaling] : [];
  return metric === 'cosine' ? [...fitted, { kind: 'unit' }] : fitted;
}

/** The kinds of the same scalings, before they are fitted. */
export function scalingsOf({
  scaling,
  metric,
}: Pick<KMeansOptions, 'scaling' | 'metric'>): readonly RowScalingKind[] {
  const given = scaling ? [scalingKind(scaling)] : [];
  return metric === 'cosine' ? [...given, 'unit'] : given;
}
