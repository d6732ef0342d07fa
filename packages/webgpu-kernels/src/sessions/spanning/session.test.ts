import { matrix, type Engine } from '@shoal/core';
import { blobs, engineContract } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { deviceMatrix } from '../../points/device-points.ts';
import { DeviceContext } from '../../runtime/device.ts';
import { engineDevice } from '../../testing/engine-device.ts';
import { useTestDevice } from '../../testing/use-test-device.ts';
import { atMostInFloat32 } from './at-most-in-float32.ts';
import { openSpanning } from './recoverable.ts';
import { WebGpuSpanningSession } from './session.ts';

const info = { device: 'test', software: true, features: [], limits: {} };

describe.each([
  // A budget of one multiply-add gives chunks and slices of 64 rows, blocks of 128 queries and one submit per dispatch.
  ['in chunks of 64 rows, resident', true, 1, Infinity],
  ['in chunks of 64 rows, streamed', true, 1, 0],
  ['in parts, as on hardware', false, 1e10, Infinity],
] as const)('spanning %s', (_how, software, budget, residentBytes) => {
  const device = useTestDevice();
  const cases = engineContract.filter(({ name }) =>
    /^spanning: ((129|257) x|on a grid|components within)/.test(name),
  );

  it('has contract cases of more than one chunk', () => {
    expect(cases.length).toBeGreaterThanOrEqual(5);
  });

  it.each(cases.map((entry) => [entry.name, entry] as const))('%s', async (_, entry) => {
    const context = new DeviceContext(device.context.device, {
      software,
      submitBudget: budget,
      residentBytes,
    });
    const engine: Pick<Engine, 'createSpanning'> = {
      createSpanning: (points, options) => openSpanning(engineDevice(context), { info }, points, options),
    };
    await entry.run(engine as Engine);
    expect(context.ledger.count).toBe(0);
  });
});

describe('WebGpuSpanningSession', () => {
  const device = useTestDevice();
  const { points } = blobs(150, 7, 3, 1);

  it('takes points on the device', async () => {
    const { context } = device;
    const engine: Pick<Engine, 'createSpanning'> = {
      createSpanning: (given, options) => WebGpuSpanningSession.create(context, given, options),
    };
    const scope = context.createScope();
    const values = Float32Array.from(points.data);
    const buffer = scope.upload('points', values);
    const there = deviceMatrix(context, buffer, 150, 7, () => undefined);
    const onDevice = await engine.createSpanning(there, { minSamples: 3 });
    const onHost = await engine.createSpanning(matrix(values, 150, 7), { minSamples: 3 });
    expect(await onDevice.coreSquares()).toEqual(await onHost.coreSquares());
    onDevice.destroy();
    onHost.destroy();
    scope.destroy();
  });

  it('refuses more samples than neighbors can be sorted', async () => {
    const many = matrix(new Float32Array(2000), 2000, 1);
    const open = WebGpuSpanningSession.create(device.context, many, { minSamples: 1025 });
    await expect(open).rejects.toThrow('at most 1024 samples; got 1025');
  });
});

it('atMostInFloat32 rounds down', () => {
  expect(atMostInFloat32(0.5)).toBe(0.5);
  expect(atMostInFloat32(0.1)).toBeLessThanOrEqual(0.1);
  expect(atMostInFloat32(0.2)).toBeLessThanOrEqual(0.2);
  expect(Math.fround(0.2)).toBeGreaterThan(0.2);
  expect(atMostInFloat32(0)).toBe(0);
});
