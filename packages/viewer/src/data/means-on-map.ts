/** Positions of groups on a map: the means of their points, G x 2; NaN for a group without points on the map. */
export function meansOnMap(positions: Float32Array, labels: Uint32Array, groups: number): Float32Array {
  const sums = new Float64Array(2 * groups);
  const counts = new Float64Array(groups);
  labels.forEach((label, point) => {
    const x = positions[2 * point];
    const y = positions[2 * point + 1];
    if (label >= groups || !Number.isFinite(x) || !Number.isFinite(y)) return;
    sums[2 * label] += x;
    sums[2 * label + 1] += y;
    counts[label]++;
  });
  return Float32Array.from(sums, (sum, i) => sum / counts[i >> 1]);
}
