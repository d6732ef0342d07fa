import type { Engine } from '../engine/engine.ts';
import type { OldRowScalingKind, RowScalingKind } from '../scaling/types.ts';
import type { DensityMetric } from './metric.ts';

/** Settings of `Dbscan`. */
export interface DbscanOptions {
  /** Points within this distance are neighbors; > 0, in the metric. Depends on the data, so it has no default. */
  readonly radius: number;
  /** Number of points within the radius, the point itself included, that make a point a core point; >= 1, default 5. */
  readonly minSamples?: number | undefined;
  /** Default `euclidean`; `cosine` is 1 - cos. */
  readonly metric?: DensityMetric | undefined;
  /** Row scaling learned from the points, applied before clustering and in `predict`; default none. */
  readonly scaling?: RowScalingKind | OldRowScalingKind | undefined;
  /** The engine that computes; default the one that `defaultEngine` opens. */
  readonly engine?: Engine | undefined;
}
