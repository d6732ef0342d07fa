import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { concludeKernel, concludeParams, type Conclusion } from './conclude.ts';
import { ITERATION_BYTES, packState, unpackIteration } from './state.ts';

describe('conclude', () => {
  const device = useTestDevice();

  interface Given extends Partial<Conclusion> {
    readonly sums: Float32Array;
    readonly centroids: Float32Array;
    readonly clusters: number;
    /** Changed labels of each partial result; its inertia is 1. */
    readonly changed?: number;
    readonly tolerance?: number;
    readonly halted?: boolean;
    readonly forget?: boolean;
  }

  async function conclude({ sums, centroids, changed = 2, tolerance = 0, ...given }: Given) {
    const shape = { unit: false, hasSums: true, norms: true, partials: 1, ...given };
    const partials = new DataView(new ArrayBuffer(8 * shape.partials));
    for (let i = 0; i < shape.partials; i++) {
      partials.setFloat32(8 * i, 1, true);
      partials.setUint32(8 * i + 4, changed, true);
    }
    const before = packState(given.forget ?? false, tolerance);
    if (given.halted) new Uint32Array(before)[0] = 1;
    const columns = centroids.length / shape.clusters;
    const results = await runKernel(device.context, concludeKernel, {
      grid: [1, 1],
      buffers: {
        partials: new Uint8Array(partials.buffer),
        sums,
        state: new Uint8Array(before),
        history: new Uint8Array(2 * ITERATION_BYTES),
        centroids,
        halfNorms: new Float32Array(shape.clusters + 1),
        params: new Uint8Array(concludeParams({ ...shape, columns })),
      },
    });
    const [halted, ran, forget] = new Uint32Array(results.state);
    return {
      halted,
      ran,
      forget,
      iteration: unpackIteration(new DataView(results.history), 0),
      centroids: new Float32Array(results.centroids),
      halfNorms: new Float32Array(results.halfNorms),
    };
  }

  const one = { sums: Float32Array.of(6, 2), centroids: Float32Array.of(1), clusters: 1 };

  it.each([1, 255, 256, 257, 5000])('adds up %i partial results', async (partials) => {
    const found = await conclude({ ...one, partials, forget: true });
    expect(found.iteration).toEqual({ inertia: partials, changed: 2 * partials, shift: 4, empty: 0 });
    expect(found).toMatchObject({ halted: 0, ran: 1, forget: 0 });
  });

  it.each([
    [1, 1, false],
    [31, 3, true],
    [32, 8, false],
    [33, 9, true],
    [257, 70, true],
  ])('takes means of %i columns for %i clusters, unit length %s', async (columns, clusters, unit) => {
    const sums = normals(1, clusters * (columns + 1));
    for (let k = 0; k < clusters; k++) sums[k * (columns + 1) + columns] = k + 2;
    const before = normals(2, clusters * columns);
    const found = await conclude({ sums, centroids: before, clusters, unit });
    const expected = new Float64Array(clusters * columns);
    const halfNorms = new Float64Array(clusters + 1);
    let shift = 0;
    for (let k = 0; k < clusters; k++) {
      const means = Float64Array.from(
        sums.subarray(k * (columns + 1), k * (columns + 1) + columns),
        (sum) => sum / (k + 2),
      );
      const norm = unit ? Math.hypot(...means) : 1;
      means.forEach((mean, j) => {
        expected[k * columns + j] = mean / norm;
        shift += (mean / norm - before[k * columns + j]) ** 2;
        halfNorms[k] += (mean / norm) ** 2 / 2;
      });
    }
    halfNorms[clusters] = Math.max(...halfNorms);
    expect(relativeError(found.centroids, expected)).toBeLessThan(1e-6);
    expect(relativeError(found.halfNorms, halfNorms)).toBeLessThan(1e-6);
    expect(found.iteration.shift / shift).toBeCloseTo(1, 5);
  });

  it('does not move a centroid whose mean has no direction', async () => {
    const centroids = Float32Array.of(0.6, 0.8);
    const found = await conclude({ sums: Float32Array.of(0, 0, 4), centroids, clusters: 1, unit: true });
    expect(found.centroids).toEqual(centroids);
    expect(found.iteration.shift).toBe(0);
    expect(found.halfNorms[0]).toBeCloseTo(0.5, 6);
  });

  it('halts on empty clusters before any centroid moves', async () => {
    const given = {
      sums: Float32Array.of(5, 0, 6, 2, 0, 0),
      centroids: Float32Array.of(1, 2, 3),
      clusters: 3,
    };
    const found = await conclude(given);
    expect(found).toMatchObject({ halted: 1, ran: 1, centroids: given.centroids });
    expect(found.iteration).toMatchObject({ empty: 2, shift: 0 });
    const recorded = await conclude({ ...given, hasSums: false });
    expect(recorded).toMatchObject({ halted: 0, ran: 0, centroids: given.centroids });
    expect(recorded.iteration).toEqual({ inertia: 1, changed: 2, shift: 0, empty: 0 });
  });

  it('halts when no label changed or the movement is within the tolerance, which may be infinite', async () => {
    expect((await conclude({ ...one, changed: 0 })).halted).toBe(1);
    expect((await conclude({ ...one, tolerance: 3.9 })).halted).toBe(0);
    expect((await conclude({ ...one, tolerance: 4 })).halted).toBe(1);
    expect((await conclude({ ...one, tolerance: Infinity })).halted).toBe(1);
  });

  it('does nothing once the step has halted', async () => {
    const found = await conclude({ ...one, halted: true });
    expect(found).toMatchObject({ halted: 1, ran: 0, centroids: one.centroids });
    expect(found.iteration.inertia).toBe(0);
  });

  it('packs partials, clusters, columns and flags', () => {
    const given = { partials: 9, clusters: 3, columns: 4, unit: true, hasSums: false, norms: true };
    expect([...new Uint32Array(concludeParams(given))]).toEqual([9, 3, 4, 1, 0, 1, 0, 0]);
  });
});
