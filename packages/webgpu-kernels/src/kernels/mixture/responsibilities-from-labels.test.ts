import { NO_COMPONENT } from '@shoal/core/engine-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestDevice, runKernel, type TestDevice } from '../../testing/test-device.ts';

import { blockBytes, testBlock } from '../../testing/mixture-values.ts';
import {
  responsibilitiesFromLabelsGrid,
  responsibilitiesFromLabelsKernel,
} from './responsibilities-from-labels.ts';

describe('responsibilities-from-labels', () => {
  let device: TestDevice;
  beforeAll(async () => {
    device = await openTestDevice();
  });
  afterAll(() => {
    device.destroy();
  });

  it.each([
    [1, 1],
    [257, 3],
  ])('%i points, %i components, some points left out', async (rows, components) => {
    const block = testBlock(rows, 1, components);
    const labels = Uint32Array.from({ length: rows }, (_, i) =>
      i % 7 === 3 ? NO_COMPONENT : i % components,
    );
    const { responsibilities } = await runKernel(device.context, responsibilitiesFromLabelsKernel, {
      grid: responsibilitiesFromLabelsGrid(block),
      buffers: {
        labels,
        responsibilities: new Float32Array(components * block.capacity).fill(9),
        block: blockBytes(block),
      },
    });
    const actual = new Float32Array(responsibilities);
    for (let row = 0; row < rows; row++) {
      for (let k = 0; k < components; k++) {
        expect(actual[k * block.capacity + row]).toBe(labels[row] === k ? 1 : 0);
      }
    }
  });
});
