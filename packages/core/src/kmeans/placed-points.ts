import type { Engine } from '../engine/engine.ts';
import type { KMeansSession } from '../engine/kmeans/session.ts';
import type { Points } from '../matrix.ts';
import type { RowScaling, RowScalingKind } from '../scaling/types.ts';
import type { KMeansMetric, KMeansOptions } from './types.ts';

/** The settings of k-means that the place of its points depends on. */
export interface PlaceSettings {
  readonly clusters: number;
  readonly metric: KMeansMetric;
  readonly precision: NonNullable<KMeansOptions['precision']>;
  readonly scaling: RowScalingKind | undefined;
}

export interface PlaceOptions {
  readonly weights: Float32Array | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Points in one piece. */
export interface PointsTogether {
  /** The scaled points. */
  readonly points: Points;
  /**
   * A session of the points and other rows after them, less the origin, with a weight for each. It takes a copy of the points.
   */
  openWith(rows: Float64Array, weights: Float32Array): Promise<KMeansSession>;
}

/** Points where clusters are searched: scaled, next to 0, and in a session. */
export interface PlacedPoints {
  readonly engine: Engine;
  readonly session: KMeansSession;
  /** The fitted row scaling. */
  readonly scaling: RowScaling | undefined;
  /** What was subtracted from the scaled points. */
  readonly origin: Float64Array | undefined;
  /** What the session subtracts in addition. */
  readonly center: Float64Array | undefined;
  readonly columns: number;
  /** The points in one piece; undefined when they come in parts. */
  readonly together: PointsTogether | undefined;
  /** How much each column loses when points become float32; see `measureRounding`. */
  measureRounding(): Promise<Float64Array | undefined>;
  /** Frees the session, and what scaling made on a device. */
  release(): void;
}
