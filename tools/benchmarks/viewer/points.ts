import { Random } from '../../../packages/core/src/random.ts';

/** Points on a map from -1 to 1, in ten groups. */
export interface BenchPoints {
  readonly positions: Float32Array;
  readonly groups: Uint32Array;
}

export const WIDTH = 800;
export const HEIGHT = 600;
/** CSS pixels across a point. */
export const POINT_SIZE = 2;
const GROUPS = 10;
export const PALETTE = [
  '#1f77b4',
  '#ff7f0e',
  '#2ca02c',
  '#d62728',
  '#9467bd',
  '#8c564b',
  '#e377c2',
  '#7f7f7f',
  '#bcbd22',
  '#17becf',
] as const;

/** Ten Gaussian heaps of standard deviation 0.12, kept within the map. */
export function benchPoints(count: number, seed: number): BenchPoints {
  const random = new Random(seed);
  const centers = Array.from({ length: 2 * GROUPS }, () => 1.4 * random.uniform() - 0.7);
  const positions = new Float32Array(2 * count);
  const groups = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const group = random.integer(GROUPS);
    groups[i] = group;
    for (let axis = 0; axis < 2; axis++) {
      const place = centers[2 * group + axis] + 0.12 * random.normal();
      positions[2 * i + axis] = Math.max(-1, Math.min(1, place));
    }
  }
  return { positions, groups };
}
