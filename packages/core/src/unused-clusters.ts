/** The usual reason for clusters without points. */
const TOO_FEW_POINTS = 'there may be fewer distinct points than clusters';

/**
 * The warning of a clustering that has points in fewer clusters than asked for; empty when all clusters have points.
 *
 * @param labels cluster of each point
 * @param why the possible reason, for the message
 */
export function warnOfUnusedClusters(
  labels: Iterable<number>,
  clusters: number,
  why: string = TOO_FEW_POINTS,
): readonly string[] {
  const used = new Set(labels).size;
  return used < clusters ? [`Only ${used} of ${clusters} clusters hold points: ${why}.`] : [];
}
