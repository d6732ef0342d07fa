import { defineKernel, type Grid } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import { hashModule } from '../common/hash.ts';
import { blockSource, blockStruct, type EmBlock } from './em-types.ts';
import source from './responsibilities-from-hash.wgsl';

const sourceStruct = defineParams('Source', { seed: 'u32', firstRow: 'u32' });

/** First responsibilities of a block at random. */
export const responsibilitiesFromHashKernel = defineKernel(
  'responsibilities-from-hash',
  blockSource([hashModule, source].join('\n')),
  {
    responsibilities: 'read-write',
    source: sourceStruct,
    block: blockStruct,
  },
);

/**
 * @param seed for `hash32`: only the lowest 32 bits count
 * @param firstRow from which rows are counted
 */
export function responsibilitiesFromHashSource(seed: number, firstRow = 0): ArrayBuffer {
  return sourceStruct.pack({ seed, firstRow });
}

/** A thread per row, 256 to a workgroup. */
export function responsibilitiesFromHashGrid({ rows }: Pick<EmBlock, 'rows'>): Grid {
  return [Math.ceil(rows / 256), 1];
}
