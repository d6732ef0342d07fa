import { Random } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { relativeError, testPoints } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import {
  clusterSumsConstants,
  clusterSumsGrid,
  clusterSumsKernel,
  clusterSumsParams,
  planClusterSums,
} from './cluster-sums.ts';
import { packState } from './state.ts';

describe('cluster-sums', () => {
  const device = useTestDevice();

  it.each([
    ['f32', 1, 1, 1, 0],
    ['u8', 63, 63, 5, 0],
    ['f32', 64, 64, 64, 0],
    ['u8', 65, 65, 65, 1],
    ['f32', 1000, 2, 1500, 0],
    ['f32', 700, 3, 2, 1],
    ['f32', 1300, 65, 600, 0],
    ['u8', 777, 20, 1000, 1],
    ['f32', 9000, 1, 14_500, 1],
  ] as const)(
    'sums the points of each cluster: %s, %i x %i, %i clusters, weighted %i',
    async (format, rows, columns, clusters, weighted) => {
      const points = testPoints(format, rows, columns);
      const random = new Random(3);
      const labels = Uint32Array.from({ length: rows }, () => random.integer(clusters));
      const weights = Float32Array.from({ length: rows }, () => random.integer(3));
      const plan = planClusterSums(rows, columns, clusters);
      const stride = columns + 1;
      const { partials } = await runKernel(device.context, clusterSumsKernel(format), {
        grid: clusterSumsGrid(plan, columns, clusters),
        constants: { ...points.constants, ...clusterSumsConstants(plan), weighted },
        buffers: {
          points: points.stored,
          labels,
          weights,
          state: new Uint8Array(packState(false, 0)),
          partials: new Float32Array(plan.blocks * clusters * stride).fill(1),
          params: new Uint8Array(clusterSumsParams(plan, { start: 0, rows }, columns, clusters, false)),
        },
      });
      const expected = new Float64Array(clusters * stride);
      for (let i = 0; i < rows; i++) {
        const weight = weighted ? weights[i] : 1;
        const base = labels[i] * stride;
        for (let j = 0; j < columns; j++) expected[base + j] += weight * points.values[i * columns + j];
        expected[base + columns] += weight;
      }
      expect(relativeError(sumOfBlocks(partials, expected.length), expected)).toBeLessThan(1e-6);
    },
  );

  it.each([
    ['u8', 1500, 65, 9, 2],
    ['f32', 700, 3, 40, 1],
    ['f32', 5000, 40, 500, 1],
  ] as const)(
    'has the same bits with and without marked rows: %s, %i x %i, %i clusters, %i blocks',
    async (format, rows, columns, clusters, blocks) => {
      const points = testPoints(format, rows, columns);
      const random = new Random(3);
      const labels = Uint32Array.from({ length: rows }, () => random.integer(clusters));
      const weights = Float32Array.from({ length: rows }, () => random.uniform());
      const planned = planClusterSums(rows, columns, clusters);
      const { columnsPerGroup } = planned;
      const clustersPerGroup = Math.min(clusters, 32);
      const sums = [false, true].map(async (marked) => {
        const lanes = marked ? 64 / columnsPerGroup : 1;
        const plan = { ...planned, clustersPerGroup, blocks, marked, lanes };
        const { partials } = await runKernel(device.context, clusterSumsKernel(format), {
          grid: clusterSumsGrid(plan, columns, clusters),
          constants: { ...points.constants, ...clusterSumsConstants(plan), weighted: 1 },
          buffers: {
            points: points.stored,
            labels,
            weights,
            state: new Uint8Array(packState(false, 0)),
            partials: new Float32Array(blocks * clusters * (columns + 1)),
            params: new Uint8Array(clusterSumsParams(plan, { start: 0, rows }, columns, clusters, false)),
          },
        });
        return new Uint32Array(partials);
      });
      const [walked, marked] = await Promise.all(sums);
      expect(walked.some((bits) => bits !== 0)).toBe(true);
      expect(marked).toEqual(walked);
    },
  );

  it('marks rows for thousands of clusters, and has no more partial sums than points', () => {
    expect(planClusterSums(60_000, 784, 10)).toMatchObject({ marked: false, lanes: 1, blocks: 938 });
    expect(planClusterSums(60_000, 128, 256)).toMatchObject({ marked: false, blocks: 235 });
    expect(planClusterSums(60_000, 128, 1000)).toMatchObject({ marked: true, lanes: 1, blocks: 60 });
    expect(planClusterSums(60_000, 17, 4096)).toMatchObject({ marked: true, lanes: 2, blocks: 15 });
    expect(planClusterSums(60_000, 3, 4096)).toMatchObject({ marked: false, lanes: 1, blocks: 15 });
    expect(planClusterSums(1_000_000, 128, 4096)).toMatchObject({ marked: true, lanes: 1, blocks: 15 });
  });

  it('adds to the sums of an earlier chunk with `carry`', async () => {
    const points = testPoints('f32', 64, 1);
    const plan = planClusterSums(64, 1, 1);
    const { partials } = await runKernel(device.context, clusterSumsKernel('f32'), {
      grid: clusterSumsGrid(plan, 1, 1),
      constants: { ...clusterSumsConstants(plan), weighted: 0 },
      buffers: {
        points: points.stored,
        labels: new Uint32Array(64),
        weights: new Float32Array(4),
        state: new Uint8Array(packState(false, 0)),
        partials: Float32Array.of(1000, 1000),
        params: new Uint8Array(clusterSumsParams(plan, { start: 0, rows: 64 }, 1, 1, true)),
      },
    });
    const sum = points.values.reduce((total, value) => total + value, 0);
    expect(relativeError(new Float32Array(partials), [1000 + sum, 1064])).toBeLessThan(1e-6);
  });

  it('keeps partial sums within 32 MiB and tiles within 16 KiB', () => {
    for (const [columns, clusters] of [
      [1, 1],
      [784, 10],
      [784, 1000],
      [3, 100_000],
      [128, 4096],
    ] as const) {
      const plan = planClusterSums(1_000_000, columns, clusters);
      const words = (plan.columnsPerGroup + 1) * plan.clustersPerGroup + 8 * plan.lanes;
      expect(words).toBeLessThanOrEqual(4096);
      expect(plan.blocks).toBeGreaterThanOrEqual(1);
      expect(plan.blocks * clusters * (columns + 1) * 4).toBeLessThanOrEqual(32 * 2 ** 20);
    }
  });

  it('packs chunk, shape, plan and carry in this order', () => {
    const plan = {
      columnsPerGroup: 64,
      clustersPerGroup: 10,
      blocks: 4,
      runRows: 256,
      marked: false,
      lanes: 1,
    };
    const packed = clusterSumsParams(plan, { start: 64, rows: 10 }, 3, 2, true);
    expect([...new Uint32Array(packed)]).toEqual([64, 10, 3, 2, 4, 3, 256, 1]);
  });
});

function sumOfBlocks(partials: ArrayBuffer, elements: number): Float64Array {
  const totals = new Float64Array(elements);
  new Float32Array(partials).forEach((value, i) => (totals[i % elements] += value));
  return totals;
}
