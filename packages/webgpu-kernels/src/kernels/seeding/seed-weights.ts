import { defineKernel, linearGrid, type Grid } from '../../runtime/kernel.ts';
import { defineParams } from '../../runtime/params.ts';
import source from './seed-weights.wgsl';

const paramsStruct = defineParams('Params', {
  rows: 'u32',
  seeds: 'u32',
  blocks: 'u32',
  rowsPerBlock: 'u32',
});

/** Weights of the points nearest to each seed, per block of rows. Constants: `weighted`. */
export const seedWeightsKernel = defineKernel('seed-weights', source, {
  nearestSeeds: 'read',
  weights: 'read',
  partials: 'read-write',
  params: paramsStruct,
});

const TILE_SEEDS = 1024;
const PARTIAL_BYTES = 32 * 2 ** 20;
const MAX_BLOCKS = 512;
const MIN_ROWS_PER_BLOCK = 256;

/** Number of blocks of rows, each with a separate sum per seed: as many as fit 32 MiB. */
export function seedWeightsBlocks(rows: number, seeds: number): number {
  const fitting = Math.floor(PARTIAL_BYTES / (4 * seeds));
  return Math.max(1, Math.min(fitting, MAX_BLOCKS, Math.ceil(rows / MIN_ROWS_PER_BLOCK)));
}

export function seedWeightsParams(rows: number, seeds: number, blocks: number): ArrayBuffer {
  return paramsStruct.pack({ rows, seeds, blocks, rowsPerBlock: Math.ceil(rows / blocks) });
}

/** One workgroup per block of rows and 1024 seeds. */
export function seedWeightsGrid(seeds: number, blocks: number): Grid {
  return linearGrid(blocks * Math.ceil(seeds / TILE_SEEDS));
}
