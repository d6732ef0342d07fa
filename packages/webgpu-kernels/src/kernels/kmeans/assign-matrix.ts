import { forPoints, type PointFormat } from '../../points/access.ts';
import { defineKernel, type Kernel } from '../../runtime/kernel.ts';
import type { MatrixShape } from '../../runtime/matrix-unit.ts';
import source from './assign-matrix.wgsl';
import { candidateBindings, type CandidateBinding } from './candidates.ts';
import { halvesModules } from './halves.ts';

const assignMatrix = defineKernel('assign-matrix', source, candidateBindings, [
  'shader-f16',
  'subgroups',
  'chromium-experimental-subgroup-matrix',
]);

/** How the work of a workgroup is divided among its subgroups. */
export interface MatrixPlan {
  /** The sizes that one operation of the matrix unit multiplies. */
  readonly shape: MatrixShape;
  /** Number of subgroups among which the rows of a tile are divided, and its centroids. */
  readonly workerRows: number;
  readonly workerColumns: number;
  /** Columns in workgroup memory at a time. */
  readonly depth: number;
  /** Whether a value is the sum of two halves. */
  readonly split: boolean;
}

const LANES = 256;
const TILE_ROWS = 128;
const TILE_TARGETS = 64;
/** Numbers of columns to try: with more columns at a time there are fewer barriers. */
const DEPTHS = [32, 16];
/** Padding of a row in workgroup memory, in halves. */
const PADDING = 8;

/** Ways to divide the workers between rows and columns: blocks as square as possible. */
const WORKER_COLUMNS: ReadonlyMap<number, number> = new Map([
  [1, 1],
  [2, 1],
  [4, 1],
  [8, 2],
  [16, 2],
  [32, 4],
  [64, 4],
]);

/**
 * Divides the work among subgroups.
 *
 * @param memory the device's `maxComputeWorkgroupStorageSize`
 * @returns undefined when the matrices do not divide the tiles, or when there is too little memory
 */
export function planMatrices(shape: MatrixShape, memory: number, split: boolean): MatrixPlan | undefined {
  const workers = LANES / shape.lanes;
  const workerColumns = WORKER_COLUMNS.get(workers);
  if (workerColumns === undefined) return undefined;
  const workerRows = workers / workerColumns;
  const fits =
    TILE_ROWS % (workerRows * shape.m) === 0 &&
    TILE_TARGETS % (workerColumns * shape.n) === 0 &&
    LANES % (workerRows * shape.m) === 0;
  if (!fits) return undefined;
  return DEPTHS.filter((depth) => depth % shape.k === 0)
    .map((depth) => ({ shape, workerRows, workerColumns, depth, split }))
    .find((plan) => matrixMemory(plan) <= memory);
}

/** Bytes of workgroup memory that the kernel takes. */
export function matrixMemory({ shape, workerRows, workerColumns, depth, split }: MatrixPlan): number {
  const operands = 2 * (TILE_ROWS + TILE_TARGETS) * (depth + PADDING) * (split ? 2 : 1);
  const shown = 4 * workerRows * shape.m * workerColumns * shape.n;
  const slots = 16 * (TILE_ROWS + LANES);
  const doubtful = 4 * TILE_ROWS + 8;
  return operands + Math.max(shown, slots) + doubtful;
}

/** The WGSL module with a plan's constants. */
function matrixModule({ shape, workerRows, workerColumns, depth, split }: MatrixPlan): string {
  return `const MATRIX_M = ${shape.m}u;
const MATRIX_N = ${shape.n}u;
const MATRIX_K = ${shape.k}u;
const WORKER_ROWS = ${workerRows}u;
const WORKER_COLUMNS = ${workerColumns}u;
const DEPTH = ${depth}u;
const SPLIT = ${split};
`;
}

/**
 * Nearest centroid (`targets`) of every point, by products of half floats on the matrix unit. Constants: `weighted`,
 * `exact`, the points'.
 */
export function assignMatrixKernel(format: PointFormat, plan: MatrixPlan): Kernel<CandidateBinding> {
  const { shape, workerRows, workerColumns, depth, split } = plan;
  const kernel = forPoints(assignMatrix, format, [matrixModule(plan), ...halvesModules(format)]);
  const numbers = [shape.m, shape.n, shape.k, workerRows, workerColumns, depth].join('-');
  return { ...kernel, label: `${kernel.label}${split ? ':split' : ''}:${numbers}` };
}
