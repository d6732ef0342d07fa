import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { moveCentroidsGrid, moveCentroidsKernel, moveCentroidsParams } from './move-centroids.ts';
import { packState } from './state.ts';

describe('move-centroids', () => {
  const device = useTestDevice();

  async function move(
    sums: Float32Array,
    centroids: Float32Array,
    columns: number,
    unit: boolean,
  ): Promise<{ centroids: Float32Array; shifts: Float32Array }> {
    const clusters = centroids.length / columns;
    const results = await runKernel(device.context, moveCentroidsKernel, {
      grid: moveCentroidsGrid(clusters),
      buffers: {
        sums,
        state: new Uint8Array(packState(false, 0)),
        centroids,
        shifts: new Float32Array(clusters),
        params: new Uint8Array(moveCentroidsParams(columns, clusters, unit)),
      },
    });
    return { centroids: new Float32Array(results.centroids), shifts: new Float32Array(results.shifts) };
  }

  it.each([
    [1, 1, false],
    [255, 3, true],
    [256, 2, false],
    [257, 5, true],
  ])('takes means of %i columns for %i clusters, unit length %s', async (columns, clusters, unit) => {
    const sums = normals(1, clusters * (columns + 1));
    for (let k = 0; k < clusters; k++) sums[k * (columns + 1) + columns] = k + 2;
    const before = normals(2, clusters * columns);
    const found = await move(sums, before, columns, unit);
    const expected = new Float64Array(clusters * columns);
    const shifts = new Float64Array(clusters);
    for (let k = 0; k < clusters; k++) {
      const means = Float64Array.from(
        sums.subarray(k * (columns + 1), k * (columns + 1) + columns),
        (sum) => sum / (k + 2),
      );
      const norm = unit ? Math.hypot(...means) : 1;
      means.forEach((mean, j) => {
        expected[k * columns + j] = mean / norm;
        shifts[k] += (mean / norm - before[k * columns + j]) ** 2;
      });
    }
    expect(relativeError(found.centroids, expected)).toBeLessThan(1e-6);
    expect(relativeError(found.shifts, shifts)).toBeLessThan(1e-6);
  });

  it('leaves a centroid whose mean has no direction', async () => {
    const found = await move(Float32Array.of(0, 0, 4), Float32Array.of(0.6, 0.8), 2, true);
    expect([...found.centroids]).toEqual([...Float32Array.of(0.6, 0.8)]);
    expect([...found.shifts]).toEqual([0]);
  });

  it('packs columns, clusters and unit length', () => {
    expect([...new Uint32Array(moveCentroidsParams(3, 2, true))]).toEqual([3, 2, 1, 0]);
  });
});
