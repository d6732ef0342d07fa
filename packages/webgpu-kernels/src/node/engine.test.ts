import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { matrix, UnsupportedError } from '@shoal/core';
import type { KMeansSession } from '@shoal/core/engine-kit';
import { describe, expect, it } from 'vitest';
import { createWebGpuEngine } from '../engine/webgpu-engine.ts';
import { createNodeWebGpuEngine, listAdapters } from './index.ts';

describe('listAdapters', () => {
  it('lists the adapters, hardware first', async () => {
    const adapters = await listAdapters();
    expect(adapters.length).toBeGreaterThan(0);
    for (const adapter of adapters) expect(adapter.name).not.toBe('');
    const kinds = adapters.map(({ software }) => Number(software));
    expect(kinds).toEqual(kinds.toSorted());
  });
});

describe('createNodeWebGpuEngine', () => {
  it('opens the adapter with the given name', async () => {
    const [first] = await listAdapters();
    const engine = await createNodeWebGpuEngine({
      adapter: first.name.slice(0, 8).toUpperCase(),
      allowSoftware: true,
    });
    expect(engine.info.software).toBe(first.software);
    expect(engine.info.device.includes('(software)')).toBe(first.software);
    engine.destroy();
  });

  it('lists the adapters when none has the name', async () => {
    const [first] = await listAdapters();
    const refused = createNodeWebGpuEngine({ adapter: 'no such adapter', allowSoftware: true });
    await expect(refused).rejects.toBeInstanceOf(UnsupportedError);
    await expect(refused).rejects.toThrow(first.name);
  });

  it('uses an emulated GPU only if allowed', async () => {
    const software = (await listAdapters()).find((adapter) => adapter.software);
    // On a machine without an emulated GPU the name finds nothing, which is also an error.
    const adapter = software?.name ?? 'SwiftShader';
    await expect(createNodeWebGpuEngine({ adapter })).rejects.toBeInstanceOf(UnsupportedError);
  });
});

describe('a WebGPU engine', () => {
  it('is not collected while it has sessions, nor is Dawn', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const open = async (): Promise<KMeansSession> => {
      const engine = await createNodeWebGpuEngine({ allowSoftware: true });
      return engine.createKMeans(matrix(Float32Array.of(0, 1), 2, 1), { clusters: 1 });
    };
    const session = await open();
    for (let i = 0; i < 5; i++) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await session.writeCentroids(Float32Array.of(0));
    expect((await session.assign()).inertia).toBe(1);
    session.destroy();
  });

  it('wraps, scales and downloads points on its device, and frees its buffers', async () => {
    const engine = await createNodeWebGpuEngine({ allowSoftware: true });
    // A second engine on the same device, as TensorFlow.js would share it.
    const guest = await createWebGpuEngine({ device: engine.device });
    const STORAGE_AND_COPIES = 0x80 | 0x4 | 0x8;
    const buffer = engine.device.createBuffer({ size: 16, usage: STORAGE_AND_COPIES });
    engine.device.queue.writeBuffer(buffer, 0, Float32Array.of(3, 4, 0, 2));
    const points = guest.deviceMatrix(buffer, 2, 2);

    const unit = await guest.scaleRows(points, { kind: 'unit' });
    expect(await guest.download(unit)).toEqual(matrix(Float32Array.of(0.6, 0.8, 0, 1), 2, 2));
    const mean = Float64Array.of(1, 2);
    const standard = await guest.scaleRows(points, {
      kind: 'standardize',
      mean,
      factors: Float64Array.of(2, 0.5),
    });
    expect([...(await guest.download(standard)).data]).toEqual([4, 1, -2, 0]);
    const white = await guest.scaleRows(points, {
      kind: 'whiten',
      mean,
      factors: Float64Array.of(1, 2, 3, 4),
    });
    expect([...(await guest.download(white)).data]).toEqual([8, 12, -1, -2]);
    const misfit = { kind: 'standardize', mean: Float64Array.of(1), factors: Float64Array.of(1) } as const;
    await expect(guest.scaleRows(points, misfit)).rejects.toMatchObject({ code: 'SHAPE' });

    expect(guest.memory.buffers).toBe(3);
    unit.destroy();
    standard.destroy();
    expect(guest.memory.buffers).toBe(1);
    guest.destroy();
    expect(guest.memory).toEqual({ buffers: 0, bytes: 0 });
    // An engine does not destroy a device that it was given.
    expect(await engine.download(points)).toEqual(matrix(Float32Array.of(3, 4, 0, 2), 2, 2));
    points.destroy();
    engine.destroy();
  });
});
