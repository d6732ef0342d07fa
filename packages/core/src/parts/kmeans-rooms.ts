import type { Engine } from '../engine/engine.ts';
import type { KMeansPartOptions, KMeansPartSession, SeedState } from '../engine/kmeans/part-session.ts';
import { openMergedPart } from './merged-part.ts';
import { PartRooms, sessionBytes, type Room } from './part-rooms.ts';
import type { PartedPoints } from './parted-points.ts';

/** What a session of k-means keeps of each row. */
const BYTES_PER_ROW = 24;

/** What is kept of a part between visits. */
export interface KMeansRoom extends Room<KMeansPartSession> {
  /** Of a part that does not stay: its last labels, and its seeds. */
  labels?: Uint8Array | Uint16Array | Uint32Array | undefined;
  seeds?: SeedState | undefined;
  /** Whether a session that stays must forget its seeds. */
  forgetsSeeds?: boolean;
  /** The mass of the part after the last pass of seeding, and if a candidate of it were added. */
  mass: number;
  potentials: Float64Array;
}

export type KMeansRooms = PartRooms<KMeansPartSession, KMeansRoom>;

export type RoomOptions = Omit<KMeansPartOptions, 'weights'> & {
  readonly weights: Float32Array | undefined;
};

/** The parts of points in sessions of k-means: the engine's own for parts, or those that core makes of its others. */
export function kmeansRooms(engine: Engine, points: PartedPoints, options: RoomOptions): KMeansRooms {
  const { weights, signal } = options;
  const open = engine.createKMeansPart?.bind(engine) ?? openMergedPart.bind(undefined, engine);
  return new PartRooms(points, {
    signal,
    furnish: (room): KMeansRoom => ({ ...room, mass: Infinity, potentials: new Float64Array() }),
    costOf: (part) => sessionBytes(part, BYTES_PER_ROW),
    open: (part, { start, rows, wasOpened }, isPassing) =>
      open(part, {
        ...options,
        weights: weights?.subarray(start, start + rows),
        momentsKnown: wasOpened,
        isPassing,
      }),
  });
}
