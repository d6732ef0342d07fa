import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { blockBytes, normals, positives, RUNNING, testBlock } from '../../testing/gmm-values.ts';
import {
  normalizeResponsibilitiesGrid,
  normalizeResponsibilitiesKernel,
} from './normalize-responsibilities.ts';

describe('normalize-responsibilities', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  const run = async (
    rows: number,
    components: number,
    options: { logDensities: Float32Array; weights: Float32Array; weighted: boolean; record: boolean },
  ) => {
    const block = testBlock(rows, 1, components, { firstPartial: 1 });
    const results = await runKernel(device.context, normalizeResponsibilitiesKernel, {
      grid: normalizeResponsibilitiesGrid(block),
      constants: { weighted: options.weighted ? 1 : 0, record: options.record ? 1 : 0 },
      buffers: {
        weights: options.weights,
        state: RUNNING,
        responsibilities: options.logDensities,
        logLikelihoods: new Float32Array(rows),
        labels: new Uint32Array(rows),
        partials: new Float32Array(1 + Math.ceil(rows / 256)),
        block: blockBytes(block),
      },
    });
    return {
      capacity: block.capacity,
      responsibilities: new Float32Array(results.responsibilities),
      logLikelihoods: new Float32Array(results.logLikelihoods),
      labels: new Uint32Array(results.labels),
      partials: new Float32Array(results.partials),
    };
  };

  it.each([
    [1, 1, false],
    [255, 3, true],
    [257, 2, false],
    [600, 5, true],
  ])('%i points, %i components, weighted: %s', async (rows, components, weighted) => {
    const capacity = Math.ceil(rows / 64) * 64;
    const logDensities = normals(capacity * components, 1).map((value) => 5 * value - 40);
    const weights = positives(rows, 2);
    const actual = await run(rows, components, { logDensities, weights, weighted, record: true });
    const bounds = new Float64Array(Math.ceil(rows / 256));
    for (let row = 0; row < rows; row++) {
      const values = Array.from({ length: components }, (_, k) => logDensities[k * capacity + row]);
      const logLikelihood = Math.log(values.reduce((sum, value) => sum + Math.exp(value), 0));
      values.forEach((value, k) => {
        const expected = Math.exp(value - logLikelihood);
        expect(actual.responsibilities[k * capacity + row]).toBeCloseTo(expected, 5);
      });
      expect(actual.logLikelihoods[row]).toBeCloseTo(logLikelihood, 4);
      expect(actual.labels[row]).toBe(values.indexOf(Math.max(...values)));
      bounds[Math.floor(row / 256)] += logLikelihood * (weighted ? weights[row] : 1);
    }
    bounds.forEach((bound, i) => {
      expect(Math.abs(actual.partials[1 + i] / bound - 1)).toBeLessThan(1e-6);
    });
  });

  it('stays finite where no component explains a point, and keeps nothing unless asked to', async () => {
    const logDensities = new Float32Array(2 * 64).fill(-1e30);
    const actual = await run(1, 2, {
      logDensities,
      weights: Float32Array.of(1),
      weighted: false,
      record: false,
    });
    expect(actual.responsibilities[0]).toBe(0.5);
    expect(actual.responsibilities[64]).toBe(0.5);
    expect(actual.partials[1]).toBe(Math.fround(-1e30));
    expect(actual.logLikelihoods[0]).toBe(0);
  });
});
