import type { SeedPass } from '../arithmetic/seeding.ts';
import type { ColumnMoments } from '../session.ts';
import type { KMeansIteration, KMeansSession, KMeansSessionOptions } from './session.ts';

/** What an engine needs to know of all points when a session holds a part of them. */
export interface WholePoints {
  /** Number of all points. */
  readonly rows: number;
  /** The least and the greatest value of each column, D values each, as the engine computes with them. */
  readonly least: Float64Array;
  readonly greatest: Float64Array;
  /** The greatest weight of a point; 1 without weights. */
  readonly greatestWeight: number;
}

export interface KMeansPartOptions extends KMeansSessionOptions {
  /** Required, and the same in all parts. */
  readonly center: Float64Array;
  readonly whole: WholePoints;
  /** Whether the part was opened before: then `momentTotals` are not computed again, but 0. Default false. */
  readonly momentsKnown?: boolean | undefined;
  /** What an earlier session of the part found out. */
  readonly measures?: PartMeasures | undefined;
  /** Whether the session is for one visit of its part, and another one comes for the next. Default false. */
  readonly isPassing?: boolean | undefined;
  /** Bytes that the bounds of a row may take until the next visit of a passing session. Default 0: there are none. */
  readonly boundBytes?: number | undefined;
}

/**
 * Sums over the points of a part, as integers in units that follow from the whole. Those of several parts add up entry by
 * entry, without rounding: to the same bits in any order, and for any division of the points into parts.
 */
export type PartTotals = BigInt64Array;

/** What a session finds out about its points once, in the engine's own units. */
export interface PartMeasures {
  /** The greatest distance of a point to the center. */
  readonly farthest: number;
  /** Squared distances of all points to the center, where the engine needs them and keeps them. */
  readonly norms: Float32Array | undefined;
}

/** The last assignment of a part, for another session of the same part that is opened with the same options. */
export interface AssignmentState {
  /** N values. */
  readonly labels: Uint8Array | Uint16Array | Uint32Array;
  /** What spares comparisons. Only the engine can read it. */
  readonly bounds: BoundState;
}

/** Bounds of the distances of points to their centroids, and how they are used. */
export interface BoundState {
  readonly values: Uint8Array;
  readonly areValid: boolean;
  /** Assignments until there are bounds again. */
  readonly rest: number;
  /** Whether points are compared by rounded values. */
  readonly isQuantized: boolean;
}

/** Distances of points to their nearest seeds, and which seed that is, N values each. */
export interface SeedState {
  readonly distances: Float32Array;
  readonly nearest: Uint32Array;
}

/** What an assignment of all points comes to. */
export interface WholeAssignment {
  /** Weighted sums (K x D) and weights (K) of the clusters. */
  readonly sums: Float64Array;
  readonly weights: Float64Array;
  /** Undefined when the points lie so near to their centroids that it takes `distanceSums` of all parts. */
  readonly inertia: number | undefined;
}

/** What a session of a part does as the sessions of all points. */
type CallsOfParts =
  | 'rows'
  | 'columns'
  | 'clusters'
  | 'center'
  | 'readRows'
  | 'resetSeeds'
  | 'writeCentroids'
  | 'readLabels'
  | 'readDistances'
  | 'distancesToCentroids'
  | 'destroy';

/**
 * A k-means session that holds some of the points. Its own calls are about its points alone. The ones here are for core, which
 * merges parts to the same bits that one session with all points has.
 */
export interface KMeansPartSession extends Pick<KMeansSession, CallsOfParts>, Disposable {
  /** What other sessions of the part need not find out again. Norms are kept where bounds are. */
  measures?(): PartMeasures;
  /** Moments of its points; see `concludeMoments`. */
  momentTotals(): PartTotals;
  /** Mean and variance of each column of all points. */
  concludeMoments(totals: PartTotals): ColumnMoments;

  /** Moves the centroids (K x D) as `step` does: labels are kept, and `assignPart` counts those that change. */
  moveTo(centroids: Float64Array): void;
  /**
   * The last assignment. An engine without it starts anew at each visit.
   *
   * @param before an earlier one of the part, whose memory is used again
   */
  assignmentState?(before?: AssignmentState): AssignmentState;
  /**
   * Goes on from an assignment of the part to these centroids (K x D). `moveTo` and `assignPart` follow, after which
   * `clusterTotals` are what the assignment changes.
   */
  restoreAssignment?(state: AssignmentState, centroids: Float64Array): void;
  /** Assigns its points to their nearest centroids. */
  assignPart(): Promise<Pick<KMeansIteration, 'changed'>>;
  /** Sums of its clusters after an assignment; see `concludeAssignment`. */
  clusterTotals(): PartTotals;
  /** Sums of all clusters from the totals of all parts. */
  concludeAssignment(clusters: PartTotals, moments: PartTotals): WholeAssignment;
  /**
   * After an assignment: the sum of weighted squared distances in units of `seedUnit`, and what it leaves out. Add each over
   * all parts, then both.
   */
  distanceSums(moments: PartTotals): Promise<Float64Array>;

  /** A bound of the sum of weighted distances to any point, over all points. */
  readonly seedBound: number;
  /** The factor from its masses and potentials to squared distances in the coordinates of the points. */
  readonly seedUnit: number;
  /** How many seeds or candidates `passSeeds` takes; one more seed may come with the candidates. */
  readonly mostSeeds: number;
  /** One pass of `Seeding` over its points. Seeds and candidates are given as rows, in the form of `readRows`. */
  passSeeds(
    added: ArrayLike<number>,
    first: number,
    candidates: ArrayLike<number>,
    step: number,
  ): Promise<SeedPass>;
  /** Rows by running sums of masses that begin with `before`, after a pass with the same step. */
  drawSeedRows(targets: Float64Array, before: number, step: number): Uint32Array;
  /** The seeds of its points, to be put into another session of the same part. */
  seedState(): SeedState;
  restoreSeeds(state: SeedState): void;
}
