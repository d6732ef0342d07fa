import { fitScaling, matrix, Random, type DeviceMatrix } from '@shoal/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebGpuEngine } from '../src/index.ts';
import { createNodeWebGpuEngine } from '../src/node/index.ts';
import { bufferUsage } from '../src/runtime/gpu-constants.ts';
import { relativeError } from '../src/testing/test-points.ts';

const ROWS = 500;
const COLUMNS = 12;

/** Correlated columns of different widths, away from the origin. */
function testPoints(): Float32Array<ArrayBuffer> {
  const random = new Random(8);
  const values = new Float32Array(ROWS * COLUMNS);
  for (let i = 0; i < ROWS; i++) {
    const common = random.normal();
    for (let j = 0; j < COLUMNS; j++) {
      values[i * COLUMNS + j] = 30 + (j + 1) * (common + random.normal());
    }
  }
  return values;
}

describe('row scalings fitted to points on the device', () => {
  let engine: WebGpuEngine;
  beforeAll(async () => {
    engine = await createNodeWebGpuEngine({ allowSoftware: true });
  });
  afterAll(() => {
    engine.destroy();
  });

  function upload(values: Float32Array<ArrayBuffer>, rows: number, columns: number): DeviceMatrix {
    const usage = bufferUsage.storage | bufferUsage.copyDestination;
    const buffer = engine.device.createBuffer({ size: values.byteLength, usage });
    engine.device.queue.writeBuffer(buffer, 0, values);
    return engine.deviceMatrix(buffer, rows, columns);
  }

  it.each([
    ['standardize', undefined],
    ['whiten', undefined],
    ['whiten', Float32Array.from({ length: ROWS }, (_, i) => (i % 4) * 1e-3)],
  ] as const)('%s: as of the same points on the host (weights %#)', async (kind, weights) => {
    const values = testPoints();
    const resident = upload(values, ROWS, COLUMNS);
    const actual = await fitScaling(resident, kind, engine, { weights });
    const expected = await fitScaling(matrix(values, ROWS, COLUMNS), kind, engine, { weights });
    resident.destroy();
    if (actual.kind === 'unit' || expected.kind === 'unit') throw new Error('expected statistics');
    expect(relativeError(actual.mean, expected.mean)).toBeLessThan(1e-6);
    expect(relativeError(actual.factors, expected.factors)).toBeLessThan(1e-5);
  });

  it('whiten: points without variance do not change', async () => {
    const values = new Float32Array(40).fill(7);
    const resident = upload(values, 20, 2);
    expect(await fitScaling(resident, 'whiten', engine)).toEqual({
      kind: 'whiten',
      mean: Float64Array.of(7, 7),
      factors: Float64Array.of(1, 0, 0, 1),
    });
    resident.destroy();
  });
});
