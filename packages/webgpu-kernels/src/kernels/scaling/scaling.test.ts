import { describe, expect, it } from 'vitest';
import { runKernel } from '../../testing/test-device.ts';
import { normals, relativeError } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { scaleColumnsGrid, scaleColumnsKernel } from './scale-columns.ts';
import { fittedScalingParams } from './fitted.ts';
import { scaleUnitGrid, scaleUnitKernel, scaleUnitParams } from './scale-unit.ts';
import { whitenGrid, whitenKernel } from './whiten.ts';

const SHAPES = [
  [1, 1],
  [3, 7],
  [8, 8],
  [9, 17],
  [2, 257],
] as const;

describe('row scaling', () => {
  const device = useTestDevice();

  it.each(SHAPES)('scale-unit: %i x %i', async (rows, columns) => {
    const input = normals(1, rows * columns);
    const expected = Float64Array.from(input, (value, i) => {
      const row = Math.floor(i / columns);
      return value / Math.hypot(...input.subarray(row * columns, (row + 1) * columns));
    });
    expect(relativeError(await scaleUnit(input, rows, columns), expected)).toBeLessThan(1e-6);
  });

  it('scale-unit: keeps zero rows, and neither overflows nor gives zeros for others', async () => {
    const input = Float32Array.of(0, 0, 3e30, 4e30, 3e-30, 4e-30);
    const found = await scaleUnit(input, 3, 2);
    expect(relativeError(found, [0, 0, 0.6, 0.8, 0.6, 0.8])).toBeLessThan(1e-6);
  });

  it.each(SHAPES)('scale-columns: %i x %i', async (rows, columns) => {
    const [input, mean, factors] = [rows * columns, columns, columns].map((n, i) => normals(i + 1, n));
    const { output } = await runKernel(device.context, scaleColumnsKernel, {
      grid: scaleColumnsGrid(rows, columns),
      buffers: {
        input: input,
        mean: mean,
        factors: factors,
        output: new Float32Array(rows * columns),
        params: new Uint8Array(fittedScalingParams(rows, columns)),
      },
    });
    const expected = Float64Array.from(
      input,
      (value, i) => (value - mean[i % columns]) * factors[i % columns],
    );
    expect(relativeError(new Float32Array(output), expected)).toBeLessThan(1e-6);
  });

  it.each(SHAPES)('whiten: %i x %i', async (rows, columns) => {
    const [input, mean, factors] = [rows * columns, columns, columns * columns].map((n, i) =>
      normals(i + 1, n),
    );
    const { output } = await runKernel(device.context, whitenKernel, {
      grid: whitenGrid(rows, columns),
      buffers: {
        input: input,
        mean: mean,
        factors: factors,
        output: new Float32Array(rows * columns),
        params: new Uint8Array(fittedScalingParams(rows, columns)),
      },
    });
    const expected = Float64Array.from({ length: rows * columns }, (_, i) => {
      const row = Math.floor(i / columns);
      let sum = 0;
      for (let j = 0; j < columns; j++) {
        sum += (input[row * columns + j] - mean[j]) * factors[j * columns + (i % columns)];
      }
      return sum;
    });
    expect(relativeError(new Float32Array(output), expected)).toBeLessThan(1e-6);
  });

  it('packs rows, then columns', () => {
    for (const pack of [scaleUnitParams, fittedScalingParams]) {
      expect([...new Uint32Array(pack(7, 9)).subarray(0, 2)]).toEqual([7, 9]);
    }
  });

  async function scaleUnit(input: Float32Array, rows: number, columns: number): Promise<Float32Array> {
    const { output } = await runKernel(device.context, scaleUnitKernel, {
      grid: scaleUnitGrid(rows),
      buffers: {
        input,
        output: new Float32Array(rows * columns),
        params: new Uint8Array(scaleUnitParams(rows, columns)),
      },
    });
    return new Float32Array(output);
  }
});
