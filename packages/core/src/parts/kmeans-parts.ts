import type { SeedPass } from '../engine/arithmetic/seeding.ts';
import type { KMeansPartSession, PartTotals } from '../engine/kmeans/part-session.ts';
import type { KMeansIteration } from '../engine/kmeans/session.ts';

/** Rows of values, row-major, as the engine computes with them. */
export type RowValues = Float32Array | Float64Array;

/**
 * What turns sums of all parts into results. It follows from the points as a whole, so any session of a part has it, whatever
 * its rows.
 */
export type PartsArithmetic = Pick<
  KMeansPartSession,
  'center' | 'concludeMoments' | 'concludeAssignment' | 'seedBound' | 'seedUnit' | 'mostSeeds'
>;

/** Seeds as rows, row-major; they have the numbers from `first`. */
export interface SeedRows {
  readonly values: Float64Array;
  readonly first: number;
}

/** Draws from one part; see `KMeansPartSession.drawSeedRows`. */
export interface PartDraw {
  /** Which part. */
  readonly index: number;
  readonly targets: Float64Array;
  readonly before: number;
}

/** Rows of one part, by their numbers in the part, and their values. */
export interface DrawnRows {
  readonly rows: Uint32Array;
  readonly values: RowValues;
}

/** An assignment of all points. */
export interface PartsAssignment extends Pick<KMeansIteration, 'changed'> {
  readonly totals: PartTotals;
}

/**
 * The parts of points, as a session of k-means works with them: in this process, or wherever else they are held. A call is about
 * all parts. Whoever implements it may visit them in any order, at the same time, and more than once: what is merged are
 * integers, or doubles that add up without rounding.
 */
export interface KMeansParts extends Disposable {
  /** Read it again after each call: it may be of a session that gives way to another one. */
  readonly arithmetic: PartsArithmetic;
  /** Sums of the moments of all parts. */
  readonly moments: PartTotals;

  /** Copies points out by their numbers among all rows. */
  readRows(rows: Uint32Array): Promise<RowValues>;

  /** Forgets all seeds. */
  forgetSeeds(): void;
  /**
   * One pass of `Seeding` over each part: adds seeds, then evaluates candidates (row-major).
   *
   * @returns what each part found, in the order of the parts
   */
  passSeeds(seeds: SeedRows, candidates: Float64Array, step: number): Promise<readonly SeedPass[]>;
  /**
   * Draws rows of some parts.
   *
   * @param seeds that the parts may not have yet
   * @returns what was drawn from each of these parts, in their order
   */
  drawSeedRows(draws: readonly PartDraw[], seeds: SeedRows, step: number): Promise<readonly DrawnRows[]>;
  /** Total weight of the points nearest to each of `count` seeds. */
  seedWeights(count: number): Promise<Float64Array>;

  /**
   * Assigns all points to the nearest of the centroids (K x D).
   *
   * @param isFirst whether labels are forgotten, so that all count as changed
   */
  assign(centroids: Float64Array, isFirst: boolean): Promise<PartsAssignment>;
  /** Labels of the last assignment, N values. */
  readLabels(): Promise<Uint32Array>;
  /** Squared distances of the last assignment, N values. */
  readDistances(): Promise<Float32Array>;
  /** See `KMeansPartSession.distanceSums`: the sums of all parts. */
  distanceSums(): Promise<Float64Array>;
  /** Distances of some rows to centroids, count x K. */
  distancesToCentroids(centroids: Float64Array, start: number, count: number): Promise<Float32Array>;

  destroy(): void;
}
