import { createReferenceEngine, UnsupportedError, type Engine, type Points } from '@shoal/core';
import { blobs, bytes, engineContract, sampleWeights } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { deviceMatrix } from '../../points/device-points.ts';
import { DeviceContext } from '../../runtime/device.ts';
import { engineDevice } from '../../testing/engine-device.ts';
import { openTestDevice } from '../../testing/test-device.ts';
import { normals, relativeError } from '../../testing/test-points.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { openMatrixProducts } from './recoverable.ts';
import { WebGpuMatrixProductSession } from './session.ts';

describe.each([
  ['resident', Infinity],
  ['streamed', 0],
] as const)('products in chunks and blocks of 64 rows, %s', (_place, residentBytes) => {
  const device = useTestDevice();
  const cases = engineContract.filter(({ name }) =>
    /^products: (129|257|513|1025|three|weights|a product)/.test(name),
  );

  it('has contract cases of more than one chunk', () => {
    expect(cases.length).toBeGreaterThanOrEqual(10);
  });

  it.each(cases.map((entry) => [entry.name, entry] as const))('%s', async (_, entry) => {
    // A budget of one multiply-add gives the smallest chunks and blocks, and one submit per dispatch.
    const context = new DeviceContext(device.context.device, {
      software: true,
      submitBudget: 1,
      residentBytes,
    });
    const engine: Pick<Engine, 'createMatrixProducts'> = {
      createMatrixProducts: (points, options = {}) =>
        openMatrixProducts(engineDevice(context), points, options),
    };
    await entry.run(engine as Engine);
    expect(context.ledger.count).toBe(0);
  });
});

describe('WebGpuMatrixProductSession', () => {
  const device = useTestDevice();
  const right = Float64Array.from(normals(1, 7 * 5));

  async function gramOf(points: Points): Promise<Float64Array> {
    const session = await WebGpuMatrixProductSession.create(device.context, points, {});
    const gram = await session.gram(right, 5);
    session.destroy();
    return gram;
  }

  it('frees everything: repeated sessions and widths do not grow GPU memory', async () => {
    const { points } = blobs(700, 7, 3, 1);
    const held: number[] = [];
    for (let i = 0; i < 3; i++) {
      const weights = sampleWeights(700, 1);
      const session = await WebGpuMatrixProductSession.create(device.context, points, { weights });
      for (const width of [5, 1, 5, 5]) await session.gram(right.subarray(0, 7 * width), width);
      await session.multiply(right, 5, 0, 700);
      await session.columnMoments();
      held.push(device.context.ledger.bytes);
      session.destroy();
      expect(device.context.ledger.count).toBe(0);
    }
    expect(held).toEqual([held[0], held[0], held[0]]);
  });

  it('stores bytes as bytes, and its scratch does not grow with the points', async () => {
    const session = await WebGpuMatrixProductSession.create(device.context, bytes(50_000, 7, 1), {});
    await session.gram(right, 5);
    expect(device.context.ledger.bytes).toBeLessThan(350_000 + 4 * 5 * (32 * 512 + 32 * 7) + 10_000);
    session.destroy();
  });

  it('takes points that are on the device, without destroying them', async () => {
    const { context } = device;
    const { points } = blobs(300, 7, 4, 7);
    const scope = context.createScope();
    const buffer = await context.guard('testing', () => scope.upload('points', points.data));
    expect(await gramOf(deviceMatrix(context, buffer, 300, 7))).toEqual(await gramOf(points));
    expect(context.ledger.count).toBe(1);
    scope.destroy();
  });

  it('keeps its digits over many blocks of rows', async () => {
    const points = bytes(200_000, 2, 3);
    const ones = Float64Array.of(1, 1);
    const open = (engine: Pick<Engine, 'createMatrixProducts'>) => engine.createMatrixProducts(points);
    const reference = await open(createReferenceEngine());
    const session = await WebGpuMatrixProductSession.create(device.context, points, {});
    expect(relativeError(await session.gram(ones, 1), await reference.gram(ones, 1))).toBeLessThan(3e-7);
    session.destroy();
  });

  it('rejects products that the device cannot bind', async () => {
    const session = await WebGpuMatrixProductSession.create(device.context, bytes(2, 1, 1), {});
    const width = device.context.device.limits.maxStorageBufferBindingSize / 8 + 1;
    await expect(session.gram(new Float64Array(width), width)).rejects.toBeInstanceOf(UnsupportedError);
    session.destroy();
    expect(device.context.ledger.count).toBe(0);
  });

  it('rejects running calls when it, or the device, is destroyed', async () => {
    const own = await openTestDevice();
    const { points } = blobs(900, 7, 3, 1);
    const session = await openMatrixProducts(engineDevice(own.context), points, {});
    const multiplying = session.gram(right, 5);
    session.destroy();
    await expect(multiplying).rejects.toMatchObject({ name: 'StateError' });
    const other = await openMatrixProducts(engineDevice(own.context), points, {});
    own.context.device.destroy();
    await expect(other.gram(right, 5)).rejects.toMatchObject({ name: 'DeviceError', reason: 'lost' });
    own.destroy();
    await expect(other.gram(right, 5)).rejects.toMatchObject({ name: 'StateError' });
  });
});
