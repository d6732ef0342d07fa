/** The data for drawing rows by their mass. */
export interface SeedMasses {
  readonly rows: number;
  readonly chunkRows: number;
  /** Sum of the masses of each chunk of rows. */
  readonly chunkMasses: Float64Array;
  /** Returns the mass of each row of a chunk; called before rows of that chunk are drawn. */
  readonly massesOf: (chunk: number) => (row: number) => number;
}

/**
 * Draws rows with probability proportional to their mass, as `KMeansSession.sampleRows` describes: first a chunk by running
 * sums, then a row in it, so that a draw does not read all points.
 */
export function sampleSeeds(
  { rows, chunkRows, chunkMasses, massesOf }: SeedMasses,
  uniforms: Float64Array,
): Uint32Array {
  let total = 0;
  const running = chunkMasses.map((mass) => (total += mass));
  if (total === 0) return Uint32Array.from(uniforms, (u) => Math.floor(u * rows));
  return Uint32Array.from(uniforms, (u) => {
    const target = u * total;
    let chunk = running.findIndex((sum) => sum > target);
    // Rounding may make the target equal to the total: then the last row with a mass is drawn.
    if (chunk < 0) chunk = chunkMasses.findLastIndex((mass) => mass > 0);
    let sum = chunk === 0 ? 0 : running[chunk - 1];
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
