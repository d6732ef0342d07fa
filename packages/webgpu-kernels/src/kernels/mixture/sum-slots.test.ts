import { describe, expect, it } from 'vitest';
import { HALTED, normals, RUNNING } from '../../testing/mixture-values.ts';
import { runKernel } from '../../testing/test-device.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { packDoubles, unpackDoubles } from '../common/double-float.ts';
import { sumSlotsGrid, sumSlotsKernel, sumSlotsRun } from './sum-slots.ts';

describe('sum-slots', () => {
  const device = useTestDevice();

  const run = async (values: Float64Array, elements: number, slots: number, state = RUNNING) => {
    const { totals } = await runKernel(device.context, sumSlotsKernel, {
      grid: sumSlotsGrid(elements),
      buffers: {
        state,
        totals: packDoubles(values),
        run: new Uint8Array(sumSlotsRun(elements, slots)),
      },
    });
    return unpackDoubles(new Float32Array(totals));
  };

  it.each([
    [1, 1],
    [17, 3],
    [40, 33],
    [5, 130],
  ])('%i elements of %i slots, to double-float precision', async (elements, slots) => {
    const values = Float64Array.from(
      normals(elements * slots, 1),
      (value, i) => value * 10 ** (i % 9) + 1e-9,
    );
    const sums = await run(values, elements, slots);
    for (let e = 0; e < elements; e++) {
      let sum = 0;
      let magnitude = 0;
      for (let slot = 0; slot < slots; slot++) {
        sum += values[slot * elements + e];
        magnitude += Math.abs(values[slot * elements + e]);
      }
      expect(Math.abs(sums[e] - sum)).toBeLessThan((slots + 4) * 2 ** -45 * magnitude);
    }
  });

  it('changes nothing after the run has halted', async () => {
    const values = Float64Array.of(1, 2, 3, 4);
    expect(await run(values, 2, 2, HALTED)).toEqual(values);
  });
});
