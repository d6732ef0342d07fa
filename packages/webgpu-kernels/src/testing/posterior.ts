import { expect } from 'vitest';
import type { EmBlock } from '../kernels/mixture/em-types.ts';
import type { DeviceContext } from '../runtime/device.ts';
import type { Grid, Kernel, KernelConstants } from '../runtime/kernel.ts';
import { blockBytes, normals, positives, RUNNING } from './mixture-values.ts';
import { runKernel } from './test-device.ts';

type Binding =
  | 'points'
  | 'means'
  | 'factors'
  | 'weights'
  | 'state'
  | 'results'
  | 'labels'
  | 'partials'
  | 'block';

/** A kernel that computes responsibilities, and its input. */
export interface PosteriorCase {
  readonly kernel: Kernel<Binding>;
  readonly constants: KernelConstants;
  readonly grid: Grid;
  /** Rows of a workgroup. */
  readonly tileRows: number;
  readonly block: EmBlock;
  readonly points: Float32Array;
  /** Means, then coefficients. */
  readonly means: Float32Array;
  readonly factors: Float32Array;
  readonly weighted: boolean;
  readonly state?: Uint8Array | undefined;
  /** Squared distance of a row from a component, in float64. */
  readonly square: (row: number, component: number) => number;
}

/** Means of components, followed by coefficients around -20. */
export function meansAndCoefficients(columns: number, components: number): Float32Array {
  const means = normals(components * columns, 2);
  return Float32Array.of(...means, ...normals(components, 4).map((value) => value - 20));
}

/** Runs the kernel with and without `record`. */
export async function runPosterior(context: DeviceContext, each: PosteriorCase) {
  const { kernel, grid, block, points, means, factors, weighted } = each;
  const run = (record: number) =>
    runKernel(context, kernel, {
      grid,
      constants: { ...each.constants, weighted: weighted ? 1 : 0, record },
      buffers: {
        points,
        means,
        factors,
        weights: positives(Math.max(4, block.rows), 3),
        state: each.state ?? RUNNING,
        results: new Float32Array(block.components * block.capacity),
        labels: new Uint32Array(block.capacity),
        partials: new Float32Array(1 + Math.ceil(block.rows / each.tileRows)),
        block: blockBytes({ ...block, firstPartial: 1 }),
      },
    });
  const [plain, recorded] = [await run(0), await run(1)];
  return {
    responsibilities: new Float32Array(plain.results),
    logLikelihoods: new Float32Array(recorded.results),
    labels: new Uint32Array(recorded.labels),
    partials: [new Float32Array(plain.partials), new Float32Array(recorded.partials)] as const,
  };
}

/** Expects the responsibilities, log-likelihoods, labels and sums of a float64 calculation. */
export async function expectPosterior(context: DeviceContext, each: PosteriorCase): Promise<void> {
  const { block, means, square, weighted, tileRows } = each;
  const { rows, components, capacity, firstCoefficient } = block;
  const found = await runPosterior(context, each);
  const weights = positives(Math.max(4, rows), 3);
  const sums = new Float64Array(1 + Math.ceil(rows / tileRows));
  const magnitudes = new Float64Array(sums.length);
  for (let row = 0; row < rows; row++) {
    const densities = Array.from(
      { length: components },
      (_, k) => means[firstCoefficient + k] - square(row, k) / 2,
    );
    const highest = Math.max(...densities);
    const total = highest + Math.log(densities.reduce((sum, value) => sum + Math.exp(value - highest), 0));
    densities.forEach((density, k) => {
      const error = Math.abs(found.responsibilities[k * capacity + row] - Math.exp(density - total));
      expect(error).toBeLessThan(1e-5 * (1 + Math.abs(density)));
    });
    expect(Math.abs(found.logLikelihoods[row] - total)).toBeLessThan(1e-5 * (1 + Math.abs(total)));
    expect(highest - densities[found.labels[row]]).toBeLessThan(1e-5 * (1 + Math.abs(highest)));
    const tile = 1 + Math.floor(row / tileRows);
    sums[tile] += total * (weighted ? weights[row] : 1);
    magnitudes[tile] += Math.abs(total);
  }
  for (const partials of found.partials) {
    partials.forEach((partial, tile) => {
      expect(Math.abs(partial - sums[tile])).toBeLessThan(1e-5 * (1 + magnitudes[tile]));
    });
  }
}
