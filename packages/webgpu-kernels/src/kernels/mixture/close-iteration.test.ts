import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { modelBytes, positives } from '../../testing/mixture-values.ts';
import { closeIterationGrid, closeIterationKernel } from './close-iteration.ts';
import { unpackDoubles } from '../common/double-float.ts';
import { packState, unpackState } from './em-types.ts';

describe('close-iteration', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  const run = async (
    partials: Float32Array,
    options: { previous?: number; tolerance?: number; totalWeight: number; failures?: readonly number[] },
  ) => {
    const failures = Uint32Array.from(options.failures ?? [0]);
    const results = await runKernel(device.context, closeIterationKernel, {
      grid: closeIterationGrid,
      buffers: {
        partials,
        failures,
        state: packState(options.previous),
        history: new Float32Array(2),
        model: modelBytes(1, failures.length, {
          partials: partials.length,
          totalWeight: options.totalWeight,
          tolerance: options.tolerance ?? 0,
        }),
      },
    });
    return { ...unpackState(results.state), bound: unpackDoubles(new Float32Array(results.history))[0] };
  };

  it.each([[1], [255], [257], [1000]])('the mean of %i partial sums', async (count) => {
    const partials = positives(count, 1).map((value) => -1000 * value);
    const expected = Array.from(partials).reduce((sum, value) => sum + value, 0) / count;
    const actual = await run(partials, { totalWeight: count });
    expect(actual.iterations).toBe(1);
    expect(actual.halted).toBe(false);
    expect(Math.abs(actual.bound / expected - 1)).toBeLessThan(1e-9);
  });

  it('halts when the bound moved by less than the tolerance, but not at the first bound', async () => {
    const partials = Float32Array.of(-3);
    const moved = { previous: -1.5005, totalWeight: 2 };
    expect((await run(partials, { ...moved, tolerance: 1e-3 })).halted).toBe(true);
    expect((await run(partials, { ...moved, tolerance: 1e-4 })).halted).toBe(false);
    expect((await run(partials, { totalWeight: 2, tolerance: 1e9 })).halted).toBe(false);
  });

  it('halts at the first covariance that failed', async () => {
    const { halted, singular } = await run(Float32Array.of(-3), { totalWeight: 1, failures: [0, 0, 1, 1] });
    expect(halted).toBe(true);
    expect(singular).toBe(2);
  });
});
