import { matrix, StateError, UnsupportedError, type DeviceMatrix } from '@shoal/core';
import { createNodeWebGpuEngine } from '@shoal/webgpu-kernels/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Autoencoder, DeepClustering, type AutoencoderSettings } from '../src/index.ts';
import { createTensorBackend } from '../src/node/index.ts';
import { expectClose } from './expect-close.ts';
import { countReadableBuffers } from './readable-buffers.ts';
import { stripes } from './stripes.ts';
import { openWasm, openWebGpu, type TestBackend } from './tensor-backends.ts';

let gpu: Awaited<ReturnType<typeof openWebGpu>>;
let wasm: TestBackend;
beforeAll(async () => {
  gpu = await openWebGpu();
  wasm = await openWasm();
});
afterAll(() => {
  wasm.destroy();
  gpu.destroy();
});

const points = stripes(70, 12, 1);
const settings: AutoencoderSettings = { layers: [8, 3], epochs: 2, batchSize: 35, noise: 0.1 };

test('a few steps of training agree with wasm, and so do codes and reconstructions', async () => {
  const onGpu = await new Autoencoder({ ...settings, backend: gpu.backend, seed: 3 }).fit(points, {
    validation: points,
  });
  const onHost = await new Autoencoder({ ...settings, backend: wasm.backend, seed: 3 }).fit(points, {
    validation: points,
  });
  expectClose(onGpu.history.loss, onHost.history.loss, 1e-5);
  expectClose(onGpu.history.validationLoss, onHost.history.validationLoss, 1e-5);
  for (const pass of ['encode', 'reconstruct'] as const) {
    const [device, host] = [await onGpu[pass](points), await onHost[pass](points)];
    if (device.location === 'host' || host.location === 'device') expect.unreachable();
    expectClose((await gpu.engine.download(device)).data, host.data, 1e-4);
    device.destroy();
  }
});

test('the code goes from the network to the clusters without being read back', async () => {
  const model = await new Autoencoder({ ...settings, backend: gpu.backend }).fit(points);
  const many = matrix(
    Float32Array.from({ length: 3000 * 12 }, (_, i) => points.data[i % 840]),
    3000,
    12,
  );
  const readable = countReadableBuffers(gpu.engine.device);
  try {
    const code = (await model.encode(many)) as DeviceMatrix;
    expect(code).toMatchObject({ location: 'device', engine: 'webgpu', rows: 3000, columns: 3 });
    const session = await gpu.engine.createKMeans(code, { clusters: 3 });
    await gpu.backend.settle();
    expect(readable.created).toBe(0);
    // Clustering reads its results, which shows that the count sees reads.
    await session.readRows(Uint32Array.of(0));
    expect(readable.created).toBeGreaterThan(0);
    session.destroy();
    code.destroy();
  } finally {
    readable.restore();
  }
});

test('the pipeline clusters on the device', async () => {
  const model = await new DeepClustering({
    autoencoder: { layers: [3], epochs: 5, batchSize: 35, learningRate: 0.03 },
    clustering: { method: 'kmeans', clusters: 3, nInit: 3 },
    backend: gpu.backend,
    engine: gpu.engine,
  }).fit(points);
  expect([...model.labels].every((label, i) => label === model.labels[i % 3])).toBe(true);
  expect(await model.predict(points)).toEqual(model.labels);
});

test('refuses at once what would later fail on the device or the engine', () => {
  const { backend } = gpu;
  const rows = gpu.engine.device.limits.maxBufferSize / 4 + 1;
  expect(() => backend.createRowSink(rows, 1)).toThrow(UnsupportedError);
  const clustering = { method: 'kmeans', clusters: 3 } as const;
  expect(() => new DeepClustering({ clustering, backend })).toThrow(/the default engine cannot read/);
});

test('one device at a time: opening it again shares it, another is refused', async () => {
  const { device, adapterInfo } = gpu.engine;
  const again = await createTensorBackend({ kind: 'webgpu', device, adapterInfo });
  again.destroy();
  again.destroy();
  expect(() => again.run(() => 1)).toThrow(StateError);
  expect(gpu.backend.run(() => 1)).toBe(1);

  const other = await createNodeWebGpuEngine({ allowSoftware: true });
  await expect(
    createTensorBackend({ kind: 'webgpu', device: other.device, adapterInfo: other.adapterInfo }),
  ).rejects.toThrow(StateError);
  other.destroy();
});
