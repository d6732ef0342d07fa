import { linearGrid, type Grid } from '../../runtime/kernel.ts';
import { scalingKernel } from './fitted.ts';
import source from './scale-columns.wgsl';

/** (x - mean) * factor, column by column. */
export const scaleColumnsKernel = scalingKernel('scale-columns', source);

/** One thread per element, 64 to a workgroup. */
export function scaleColumnsGrid(rows: number, columns: number): Grid {
  return linearGrid(Math.ceil((rows * columns) / 64));
}
