import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { statisticsSource, type EmBlock } from './em-types.ts';
import source from './cross-moment-partials.wgsl';

/** Weighted cross moments of a block, by segments; use through `forPoints`.
 * Constant: `weighted` (responsibilities count times `weights`). */
export const crossMomentPartialsKernel = defineKernel('cross-moment-partials', statisticsSource(source), {
  points: 'read',
  responsibilities: 'read',
  weights: 'read',
  means: 'read',
  state: 'read',
  partials: 'read-write',
  block: 'uniform',
});

/** Elements of a packed lower triangle. */
export function triangleSize(n: number): number {
  return (n * (n + 1)) / 2;
}

/** A workgroup per 32 x 32 tile of the lower triangle, component and segment. */
export function crossMomentPartialsGrid({
  columns,
  components,
  segments,
}: Pick<EmBlock, 'columns' | 'components' | 'segments'>): Grid {
  return linearGrid(triangleSize(Math.ceil(columns / 32)) * components * segments);
}
