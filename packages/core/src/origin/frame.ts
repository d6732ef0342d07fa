import type { Engine } from '../engine/engine.ts';
import type { Points } from '../matrix.ts';
import type { ModelState, Tensor } from '../model-state.ts';
import type { StateReader } from '../state-reader.ts';
import { movePoints } from './move-points.ts';

/**
 * Where a model's arithmetic has its zero. It is chosen once, for the points of the fit, and kept, so that results for
 * a point do not depend on other points.
 */
export interface Frame {
  /** What is subtracted from points, in float64, before an engine gets them, D values; absent when they are near 0. */
  readonly origin?: Float64Array | undefined;
  /** What the engine of the fit subtracted in addition; see `KMeansSession.center`. D values. */
  readonly center?: Float64Array | undefined;
  /** The model's centroids or means less the origin, exactly as the engine held them, K x D; only with an origin. */
  readonly relative?: Float32Array | Float64Array | undefined;
}

/** What is needed to open a session that computes a model's results for points. */
export interface InFrame {
  readonly points: Points;
  /** Centroids or means, K x D. */
  readonly positions: Float64Array;
  readonly center: Float64Array;
}

/**
 * Brings points and a model's positions into the model's frame. Points on a device stay where they are: they are float32
 * already.
 *
 * @param positions centroids or means in the coordinates of the points, K x D
 * @throws {DataError} when a point is too far away for float32
 */
export async function enterFrame(
  points: Points,
  positions: ArrayLike<number>,
  { origin, center, relative }: Frame,
  engine: Engine,
  signal?: AbortSignal,
): Promise<InFrame> {
  const { columns } = points;
  if (origin === undefined || points.location === 'device') {
    const same = Float64Array.from(positions);
    return { points, positions: same, center: (origin ? undefined : center) ?? meanOfRows(same, columns) };
  }
  const moved = relative ? Float64Array.from(relative) : lessOrigin(positions, origin);
  return {
    points: await movePoints(points, origin, engine, signal),
    positions: moved,
    center: center ?? new Float64Array(columns),
  };
}

/** Positions less the origin, K x D; unchanged when there is no origin. */
export function lessOrigin(positions: ArrayLike<number>, origin: Float64Array | undefined): Float64Array {
  return Float64Array.from(positions, (value, at) => (origin ? value - origin[at % origin.length] : value));
}

/** Positions in the coordinates of the points, K x D: in float64 where there is an origin, else the same array. */
export function plusOrigin<Values extends Float32Array | Float64Array>(
  relative: Values,
  origin: Float64Array | undefined,
): Values | Float64Array {
  if (origin === undefined) return relative;
  return Float64Array.from(relative, (value, at) => value + origin[at % origin.length]);
}

/** The tensors of a model's state that hold its frame. */
export function frameTensors({ origin, center, relative }: Frame, columns: number): ModelState['tensors'] {
  const tensors: Record<string, Tensor> = {};
  if (origin) tensors['frame.origin'] = { data: origin, shape: [columns] };
  if (center) tensors['frame.center'] = { data: center, shape: [columns] };
  if (relative) tensors['frame.relative'] = { data: relative, shape: [relative.length / columns, columns] };
  return tensors;
}

/**
 * @param positions number of centroids or means, K
 * @throws {DataError} when the state's frame is damaged
 */
export function readFrame(state: StateReader, positions: number, columns: number): Frame {
  const read = (name: string) => (state.hasTensor(name) ? state.float64(name, [columns]) : undefined);
  return {
    origin: read('frame.origin'),
    center: read('frame.center'),
    relative: state.hasTensor('frame.relative')
      ? state.real('frame.relative', [positions, columns])
      : undefined,
  };
}

function meanOfRows(values: Float64Array, columns: number): Float64Array {
  const mean = new Float64Array(columns);
  const rows = values.length / columns;
  values.forEach((value, at) => (mean[at % columns] += value / rows));
  return mean;
}
