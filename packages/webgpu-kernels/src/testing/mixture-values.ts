import { Random } from '@shoal/core';
import {
  packBlock,
  packModel,
  packState,
  ROW_STEP,
  type EmBlock,
  type EmModel,
} from '../kernels/mixture/em-types.ts';

/** The state of a run that has not stopped. */
export const RUNNING = packState(undefined);

/** The state of a run that has halted. */
export const HALTED = new Uint8Array(Uint32Array.of(1, 0, 0, 0, 0, 0).buffer);

/** `count` standard normal numbers. */
export function normals(count: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: count }, () => random.normal());
}

/** `count` numbers in [0.1, 1.1), far enough from zero to be scales, weights or responsibilities. */
export function positives(count: number, seed: number): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length: count }, () => 0.1 + random.uniform());
}

/** A block with room for all of its rows, in segments of 512. */
export function testBlock(
  rows: number,
  columns: number,
  components: number,
  more?: Partial<EmBlock>,
): EmBlock {
  return {
    rows,
    columns,
    components,
    firstRow: 0,
    capacity: Math.ceil(rows / ROW_STEP) * ROW_STEP,
    factorStride: columns * columns,
    segments: Math.ceil(rows / ROW_STEP),
    segmentRows: ROW_STEP,
    firstPartial: 0,
    firstCoefficient: components * columns,
    carry: false,
    ...more,
  };
}

/** The bytes of a block's uniform. */
export function blockBytes(block: EmBlock): Uint8Array {
  return new Uint8Array(packBlock(block));
}

/** The bytes of a model's uniform; with full covariances by default. */
export function modelBytes(columns: number, components: number, more?: Partial<EmModel>): Uint8Array {
  return new Uint8Array(
    packModel({
      columns,
      components,
      covariances: components,
      variances: columns,
      partials: 1,
      regCovar: 0,
      totalWeight: 1,
      tolerance: 0,
      ...more,
    }),
  );
}

/** A positive definite matrix, row-major: A A^T + shift I of a random square A. */
export function positiveDefinite(n: number, seed: number, shift = 1): Float64Array {
  const a = normals(n * n, seed);
  return Float64Array.from({ length: n * n }, (_, at) => {
    const i = Math.floor(at / n);
    const j = at % n;
    let sum = i === j ? shift : 0;
    for (let l = 0; l < n; l++) sum += a[i * n + l] * a[j * n + l];
    return sum;
  });
}

/** The lower triangle of a row-major matrix, packed by rows. */
export function packLower(matrix: Float64Array, n: number): Float64Array {
  return matrix.filter((_, at) => at % n <= Math.floor(at / n));
}
