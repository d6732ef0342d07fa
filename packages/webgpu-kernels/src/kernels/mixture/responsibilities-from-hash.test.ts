import { hash32 } from '@shoal/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { blockBytes, testBlock } from '../../testing/mixture-values.ts';
import {
  responsibilitiesFromHashGrid,
  responsibilitiesFromHashKernel,
  responsibilitiesFromHashSource,
} from './responsibilities-from-hash.ts';

describe('responsibilities-from-hash', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  it.each([
    [1, 2, 0, 0],
    [257, 3, 123456789, 512],
    [64, 5, 2 ** 53 - 1, 4_000_000_000],
  ])(
    "%i points, %i components, seed %i, from row %i: core's hash",
    async (rows, components, seed, firstRow) => {
      const block = testBlock(rows, 1, components, { firstRow });
      const { responsibilities } = await runKernel(device.context, responsibilitiesFromHashKernel, {
        grid: responsibilitiesFromHashGrid(block),
        buffers: {
          responsibilities: new Float32Array(components * block.capacity),
          source: new Uint8Array(responsibilitiesFromHashSource(seed)),
          block: blockBytes(block),
        },
      });
      const actual = new Float32Array(responsibilities);
      for (let row = 0; row < rows; row++) {
        const values = Array.from({ length: components }, (_, k) => {
          return (hash32(seed, (firstRow + row) * components + k) + 0.5) / 2 ** 32;
        });
        const sum = values.reduce((total, value) => total + value, 0);
        values.forEach((value, k) => {
          expect(actual[k * block.capacity + row]).toBeCloseTo(value / sum, 6);
        });
      }
    },
  );
});
