import {
  createReferenceEngine,
  gatherRows,
  KMeans,
  StateError,
  UnsupportedError,
  type DeviceLabels,
  type KMeansFitState,
} from '@shoal/core';
import { blobs } from '@shoal/core/testing';
import { describe, expect, it } from 'vitest';
import { DeviceContext } from '../runtime/device.ts';
import { bufferUsage, mapModeRead } from '../runtime/gpu-constants.ts';
import { useTestDevice } from '../testing/use-test-device.ts';
import { WebGpuGaussianMixtureSession } from './mixture/session.ts';
import { WebGpuKMeansSession } from './kmeans/session.ts';
import type { KMeansVariant } from './kmeans/resources.ts';

describe('labels on the device', () => {
  const device = useTestDevice();
  const { points } = blobs(700, 6, 5, 3, 4);

  /** The contents of the buffer of labels. */
  async function copyOf({ handle, rows, engine }: DeviceLabels): Promise<Uint32Array> {
    expect(engine).toBe('webgpu');
    const gpu = device.context.device;
    const target = gpu.createBuffer({
      size: 4 * rows,
      usage: bufferUsage.copyDestination | bufferUsage.mapRead,
    });
    const encoder = gpu.createCommandEncoder();
    encoder.copyBufferToBuffer(handle as GPUBuffer, 0, target, 0, 4 * rows);
    gpu.queue.submit([encoder.finish()]);
    await target.mapAsync(mapModeRead);
    const labels = new Uint32Array(target.getMappedRange().slice(0));
    target.destroy();
    return labels;
  }

  it.each<KMeansVariant>(['straight', 'fused', 'tiled'])(
    'are the same as %s k-means reads back',
    async (variant) => {
      const session = await WebGpuKMeansSession.create(device.context, points, { clusters: 5 }, { variant });
      await session.writeCentroids(gatherRows(points, [0, 1, 2, 3, 4]));
      await expect(session.labelsOnDevice()).rejects.toThrow(StateError);
      for (let iteration = 0; iteration < 3; iteration++) {
        await session.step(1, 0);
        const labels = await session.labelsOnDevice();
        expect(((labels.handle as GPUBuffer).usage & bufferUsage.storage) !== 0).toBe(true);
        expect(await copyOf(labels)).toEqual(await session.readLabels());
      }
      session.destroy();
    },
  );

  it('are complete when points are streamed in chunks', async () => {
    const context = new DeviceContext(device.context.device, {
      software: true,
      submitBudget: 64 * 6 * 4,
      residentBytes: 0,
    });
    const session = await WebGpuKMeansSession.create(context, points, { clusters: 5 });
    await session.writeCentroids(gatherRows(points, [0, 1, 2, 3, 4]));
    await session.step(2, 0);
    expect(await copyOf(await session.labelsOnDevice())).toEqual(await session.readLabels());
    session.destroy();
  });

  it('are the same as a mixture reads back', async () => {
    const options = { components: 3, covarianceType: 'diag', regCovar: 1e-6 } as const;
    const session = await WebGpuGaussianMixtureSession.create(device.context, points, options);
    await session.initialize({ kind: 'random', seed: 4 });
    await session.step(2, 0);
    await session.evaluate();
    expect(await copyOf(await session.labelsOnDevice())).toEqual(await session.readLabels());
    session.destroy();
  });

  it('are rejected by a fit whose engine has no device', async () => {
    const asked: unknown[] = [];
    const ask = async ({ labelsOnDevice }: KMeansFitState): Promise<void> => {
      asked.push(await labelsOnDevice().catch((error: unknown) => error));
    };
    await new KMeans({ clusters: 2, engine: createReferenceEngine() }).fit(points, { onIteration: ask });
    expect(asked[0]).toBeInstanceOf(UnsupportedError);
  });
});
