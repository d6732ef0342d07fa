import { matrix, ShapeError, StateError, UnsupportedError } from '@shoal/core';
import { describe, expect, it } from 'vitest';
import { DeviceContext } from '../runtime/device.ts';
import { useTestDevice } from '../testing/use-test-device.ts';
import { chunkRows, deviceBuffer, deviceMatrix, uploadPoints } from './device-points.ts';

describe('chunkRows', () => {
  const limits = { maxStorageBufferBindingSize: 2 ** 27, maxBufferSize: 2 ** 28 };

  it('is a multiple of 64 within binding, index and budget limits', () => {
    expect(chunkRows(limits, 784, 4 * 784, 1, 1e9)).toBe(42_752);
    expect(chunkRows(limits, 784, 784, 7840, 1e8)).toBe(12_736);
    expect(chunkRows(limits, 784, 784, 1e12, 1e8)).toBe(64);
    expect(chunkRows({ maxStorageBufferBindingSize: 2 ** 40, maxBufferSize: 2 ** 40 }, 1, 4, 1, 1e12)).toBe(
      2 ** 32 - 64,
    );
  });

  it('rejects rows that exceed every binding', () => {
    expect(() => chunkRows(limits, 2 ** 20, 2 ** 22, 1, 1e9)).toThrow(UnsupportedError);
  });
});

describe('deviceMatrix', () => {
  const device = useTestDevice();

  it('checks the shape, frees once, and cannot be used afterwards', async () => {
    const { context } = device;
    const scope = context.createScope();
    const buffer = await context.guard('testing', () => scope.storage('points', 24));
    expect(() => deviceMatrix(context, buffer, 4, 2)).toThrow(ShapeError);
    expect(() => deviceMatrix(context, buffer, 0, 2)).toThrow(ShapeError);
    let released = 0;
    const points = deviceMatrix(context, buffer, 3, 2, () => released++);
    expect(deviceBuffer(points, context)).toBe(buffer);
    points[Symbol.dispose]();
    points.destroy();
    expect(released).toBe(1);
    expect(() => deviceBuffer(points, context)).toThrow(StateError);
    scope.destroy();
  });

  it('rejects points of other engines', () => {
    const foreign = { location: 'device', engine: 'other', rows: 1, columns: 1, handle: {} } as const;
    const destroy = (): void => undefined;
    expect(() => deviceBuffer({ ...foreign, destroy, [Symbol.dispose]: destroy }, device.context)).toThrow(
      UnsupportedError,
    );
  });
});

describe('uploadPoints', () => {
  const device = useTestDevice();

  it('keeps bytes as bytes, in chunks that start at multiples of 64 rows', async () => {
    const context = new DeviceContext(device.context.device, { software: true, submitBudget: 64 });
    const scope = context.createScope();
    const points = await uploadPoints(context, scope, matrix(new Uint8Array(150 * 3), 150, 3, 0.5), 1);
    expect(points).toMatchObject({ format: 'u8', scale: 0.5, rows: 150, columns: 3 });
    expect(points.chunks.map(({ start, rows }) => [start, rows])).toEqual([
      [0, 64],
      [64, 64],
      [128, 22],
    ]);
    expect(context.ledger.bytes).toBe(64 * 3 + 64 * 3 + 68);
    scope.destroy();
  });
});
