import {
  CLUSTERER_KINDS,
  type CovarianceType,
  type KMeansMetric,
  type Linkage,
  type RowScalingKind,
} from '@shoal/core';
import { kindNamed } from '@shoal/core/model-kit';

/** Options of a fit that a sweep of its kind of clustering takes as well. */
export interface SweptOptions {
  readonly method: string;
  readonly nInit?: number | undefined;
  readonly metric?: KMeansMetric | undefined;
  readonly covarianceType?: CovarianceType | undefined;
  readonly regCovar?: number | undefined;
  readonly linkage?: Linkage | undefined;
}

/** Kinds of clustering that take the number of clusters. */
export const SWEPT: readonly string[] = CLUSTERER_KINDS.filter(({ swept }) => swept !== undefined).map(
  ({ method }) => method,
);

/**
 * The kind, and its given settings.
 *
 * @param rows the scaling of rows
 */
export function sweptMethod(
  { method, nInit, metric, covarianceType, regCovar, linkage }: SweptOptions,
  rows?: RowScalingKind | 'none',
) {
  const kind = kindNamed(method, CLUSTERER_KINDS);
  const scaling = rows === 'none' ? undefined : rows;
  return { kind, nInit, scaling, metric, covarianceType, regCovar, linkage };
}
