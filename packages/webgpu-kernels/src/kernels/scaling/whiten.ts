import { linearGrid, type Grid } from '../../runtime/kernel.ts';
import { scalingKernel } from './fitted.ts';
import source from './whiten.wgsl';

const TILE = 8;

/** (x - mean) * factors, with factors a columns x columns row-major matrix. */
export const whitenKernel = scalingKernel('whiten', source);

/** One workgroup per tile of 8 rows and 8 columns. */
export function whitenGrid(rows: number, columns: number): Grid {
  return linearGrid(Math.ceil(rows / TILE) * Math.ceil(columns / TILE));
}
