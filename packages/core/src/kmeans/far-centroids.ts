import type { KMeansSession } from '../engine/kmeans/session.ts';
import type { RowScalingKind } from '../scaling/types.ts';

/** A centroid is far outside when its distance to the points' mean is this many times that of the farthest point. */
const FAR_OUTSIDE = 1.25;
/** Greatest number of centroids that a warning names. */
const MOST_NAMED = 5;

/**
 * The warning that given centroids lie where no mean of points can be, for example because they are in other units.
 * Call it before centroids are written.
 *
 * @param given in the coordinates of the session, at most K x D
 * @param scaling how the points were scaled, for the advice
 */
export async function warnOfFarCentroids(
  session: KMeansSession,
  given: Float64Array,
  scaling: RowScalingKind | undefined,
): Promise<readonly string[]> {
  const { mean, variance } = await session.columnMoments();
  const distances = distancesTo(mean, given);
  // The farthest point is at least as far as the average point: this nearly always avoids a pass over the points.
  const average = Math.sqrt(variance.reduce((sum, value) => sum + value, 0));
  if (distances.every((distance) => distance <= FAR_OUTSIDE * average)) return [];
  const farthest = await farthestFrom(mean, session);
  const far = Array.from(distances.keys()).filter((k) => distances[k] > FAR_OUTSIDE * farthest);
  // When all points are equal, no centroid can be inside.
  if (far.length === 0 || farthest === 0) return [];
  const most = far.reduce((so, k) => Math.max(so, distances[k]), 0);
  const named = far.slice(0, MOST_NAMED).join(', ') + (far.length > MOST_NAMED ? ', ...' : '');
  const advice =
    scaling === undefined
      ? 'Give them in the units of the points.'
      : `Given centroids must be scaled already (scaling: '${scaling}'): scale them like the points.`;
  return [
    `${far.length} of the initial centroids lie far outside the points (${named}): up to ${most.toPrecision(2)} from their ` +
      `mean, where the farthest point is ${farthest.toPrecision(2)} from it. ${advice}`,
  ];
}

/** Distance of each of the rows from a place. */
function distancesTo(place: Float64Array, rows: Float64Array): Float64Array {
  const { length } = place;
  const squares = new Float64Array(rows.length / length);
  for (let at = 0; at < rows.length; at++) {
    squares[Math.floor(at / length)] += (rows[at] - place[at % length]) ** 2;
  }
  return squares.map(Math.sqrt);
}

/** Distance of the point that is farthest from a place. */
async function farthestFrom(place: Float64Array, session: KMeansSession): Promise<number> {
  const { clusters, columns } = session;
  const all = new Float64Array(clusters * columns);
  for (let k = 0; k < clusters; k++) all.set(place, k * columns);
  await session.writeCentroids(all);
  await session.assign();
  const squares = await session.readDistances();
  return Math.sqrt(squares.reduce((most, square) => Math.max(most, square), 0));
}
