import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { statisticsSource, type EmBlock } from './em-types.ts';
import source from './moment-partials.wgsl';

/** Weighted first and second moments of a block, by segments; use through `forPoints`.
 * Constant: `weighted` (responsibilities count times `weights`). */
export const momentPartialsKernel = defineKernel('moment-partials', statisticsSource(source), {
  points: 'read',
  responsibilities: 'read',
  weights: 'read',
  means: 'read',
  state: 'read',
  partials: 'read-write',
  block: 'uniform',
});

/** Sums that a segment makes: N, D first and D second moments per component. */
export function momentElements(components: number, columns: number): number {
  return components * (1 + 2 * columns);
}

/** A workgroup per 16 columns, 4 components and segment. */
export function momentPartialsGrid({
  columns,
  components,
  segments,
}: Pick<EmBlock, 'columns' | 'components' | 'segments'>): Grid {
  return linearGrid(Math.ceil(columns / 16) * Math.ceil(components / 4) * segments);
}
