import type { Engine } from '../engine/engine.ts';
import type {
  AssignmentState,
  KMeansPartOptions,
  KMeansPartSession,
  PartMeasures,
  SeedState,
} from '../engine/kmeans/part-session.ts';
import { openMergedPart } from './merged-part.ts';
import { PartRooms, sessionBytes, type Room } from './part-rooms.ts';
import type { PartedPoints } from './parted-points.ts';

/** What a session of k-means keeps of each row. */
const BYTES_PER_ROW = 24;

/**
 * Bounds spare most comparisons of an assignment, and a part that stays spares only its reading. So they may take half of the
 * budget. More than some bytes of a row spare little more.
 */
const SHARE_FOR_BOUNDS = 0.5;
const MOST_BOUND_BYTES = 40;
const BOUND_UNIT = 8;
/** The norm of a row is kept with its bounds. */
const NORM_BYTES = 4;

/** What is kept of a part between visits. */
export interface KMeansRoom extends Room<KMeansPartSession> {
  /** Of a part that does not stay: its last labels, or all that its engine keeps of the last assignment, and its seeds. */
  labels?: AssignmentState['labels'] | undefined;
  assignment?: AssignmentState | undefined;
  measures?: PartMeasures | undefined;
  seeds?: SeedState | undefined;
  /** Whether a session that stays must forget its seeds. */
  forgetsSeeds?: boolean;
}

export type KMeansRooms = PartRooms<KMeansPartSession, KMeansRoom>;

export type RoomOptions = Omit<KMeansPartOptions, 'weights'> & {
  readonly weights: Float32Array | undefined;
};

/** The parts of points in sessions of k-means: the engine's own for parts, or those that core makes of its others. */
export function kmeansRooms(engine: Engine, points: PartedPoints, options: RoomOptions): KMeansRooms {
  const { weights, signal } = options;
  const open = engine.createKMeansPart?.bind(engine) ?? openMergedPart.bind(undefined, engine);
  const boundBytes = engine.createKMeansPart ? boundBytesOf(points, options.clusters) : 0;
  return new PartRooms(points, {
    signal,
    copies: engine.createKMeansPart !== undefined,
    reservedBytes: boundBytes > 0 ? (boundBytes + NORM_BYTES) * points.rows : 0,
    furnish: (room): KMeansRoom => room,
    costOf: (part) => sessionBytes(part, BYTES_PER_ROW),
    open: (part, { start, rows, wasOpened, measures }, isPassing) =>
      open(part, {
        ...options,
        weights: weights?.subarray(start, start + rows),
        momentsKnown: wasOpened,
        measures,
        isPassing,
        boundBytes,
      }),
  });
}

/** Bytes of bounds that are kept of each row between visits. */
function boundBytesOf({ rows, memoryBytes }: PartedPoints, clusters: number): number {
  const affordable = (SHARE_FOR_BOUNDS * memoryBytes) / rows - NORM_BYTES;
  return BOUND_UNIT * Math.floor(Math.min(affordable, MOST_BOUND_BYTES, 2 * clusters + 2) / BOUND_UNIT);
}
