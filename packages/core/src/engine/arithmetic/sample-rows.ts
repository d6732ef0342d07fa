/**
 * Draws rows with probability proportional to their mass: for each `u` in [0, 1) the first row whose running sum
 * exceeds `u` times the total. It never draws a row without mass. When no row has mass, it draws row `floor(u * rows)`.
 */
export function sampleRowsByMass(
  rows: number,
  massOf: (row: number) => number,
  uniforms: Float64Array,
): Uint32Array {
  const running = new Float64Array(rows);
  let total = 0;
  let last = 0;
  for (let i = 0; i < rows; i++) {
    const mass = massOf(i);
    if (mass > 0) last = i;
    running[i] = total += mass;
  }
  return Uint32Array.from(uniforms, (u) =>
    total === 0 ? Math.floor(u * rows) : Math.min(last, firstAbove(running, u * total)),
  );
}

/** First index whose value exceeds `target` in a non-decreasing array; the array's length when no value does. */
function firstAbove(running: Float64Array, target: number): number {
  let low = 0;
  let high = running.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (running[middle] > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
