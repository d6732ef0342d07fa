import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { normals } from '../../testing/mixture-values.ts';
import {
  accumulatePartialsGrid,
  accumulatePartialsKernel,
  accumulatePartialsRun,
} from './accumulate-partials.ts';
import { packDoubles, unpackDoubles } from '../common/double-float.ts';

describe('accumulate-partials', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  const run = async (
    partials: Float32Array,
    totals: ArrayLike<number>,
    overwrite: boolean,
  ): Promise<Float64Array> => {
    const elements = totals.length;
    const results = await runKernel(device.context, accumulatePartialsKernel, {
      grid: accumulatePartialsGrid(elements),
      buffers: {
        partials,
        totals: packDoubles(totals),
        run: new Uint8Array(accumulatePartialsRun(elements, partials.length / elements, overwrite)),
      },
    });
    return unpackDoubles(new Float32Array(results.totals));
  };

  it.each([
    [1, 1],
    [63, 5],
    [65, 32],
  ])('carries %i totals over %i segments', async (elements, segments) => {
    const partials = normals(elements * segments, 1);
    const before = Float64Array.from(normals(elements, 2));
    const actual = await run(partials, before, false);
    for (let i = 0; i < elements; i++) {
      let expected = before[i];
      for (let segment = 0; segment < segments; segment++) expected += partials[segment * elements + i];
      expect(Math.abs(actual[i] - expected)).toBeLessThan(1e-12);
    }
  });

  it('keeps digits that float32 would lose', async () => {
    const small = 2 ** -30;
    expect(await run(new Float32Array(1000).fill(small), [1], false)).toEqual(
      Float64Array.of(1 + 1000 * small),
    );
  });

  it('starts from zero with `overwrite`', async () => {
    expect(await run(Float32Array.of(2, 3), [7], true)).toEqual(Float64Array.of(5));
    expect(await run(Float32Array.of(2, 3), [7], false)).toEqual(Float64Array.of(12));
  });
});
