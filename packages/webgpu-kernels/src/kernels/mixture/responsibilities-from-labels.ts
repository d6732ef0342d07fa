import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { blockStruct, blockSource, type EmBlock } from './em-types.ts';
import source from './responsibilities-from-labels.wgsl';

/** First responsibilities of a block from labels. */
export const responsibilitiesFromLabelsKernel = defineKernel(
  'responsibilities-from-labels',
  blockSource(source),
  {
    labels: 'read',
    responsibilities: 'read-write',
    block: blockStruct,
  },
);

/** A thread per element of the scratch, 256 to a workgroup. */
export function responsibilitiesFromLabelsGrid({
  capacity,
  components,
}: Pick<EmBlock, 'capacity' | 'components'>): Grid {
  return linearGrid(Math.ceil((capacity * components) / 256));
}
