/** The data for drawing rows by their mass. */
export interface SeedMasses {
  readonly rows: number;
  readonly chunkRows: number;
  /** The sum of the masses of all rows before the first. */
  readonly before: number;
  /** Sum of the masses of each chunk of rows. */
  readonly chunkMasses: Float64Array;
  /** Returns the mass of each row of a chunk; called before rows of that chunk are drawn. */
  readonly massesOf: (chunk: number) => (row: number) => number;
}

/**
 * For each target the first row whose running sum of masses exceeds it: first a chunk by running sums, then a row in it, so
 * that a draw does not read all points. Where no sum exceeds a target, the last row that has a mass.
 */
export function sampleSeeds(
  { rows, chunkRows, before, chunkMasses, massesOf }: SeedMasses,
  targets: Float64Array,
): Uint32Array {
  let total = before;
  const running = chunkMasses.map((mass) => (total += mass));
  return Uint32Array.from(targets, (target) => {
    let chunk = running.findIndex((sum) => sum > target);
    if (chunk < 0) chunk = chunkMasses.findLastIndex((mass) => mass > 0);
    let sum = chunk === 0 ? before : running[chunk - 1];
    let last = -1;
    const massOf = massesOf(chunk);
    for (let row = chunk * chunkRows; row < Math.min(rows, (chunk + 1) * chunkRows); row++) {
      const mass = massOf(row);
      if (mass === 0) continue;
      last = row;
      sum += mass;
      if (sum > target) break;
    }
    return last;
  });
}
