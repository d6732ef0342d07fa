import { sessionContract } from '@shoal/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebGpuEngine, type WebGpuEngine } from '../src/index.ts';
import { openTestDevice, type TestDevice } from '../src/testing/test-device.ts';

/** k-means runs on such a device with every variant (see `describeVariants`). */
const cases = sessionContract.filter(({ name }) => !name.startsWith('k-means: '));

/** Every kind of session again, on a device without requested limits: every WebGPU device has at least these limits. */
describe('the WebGPU engine on the default limits', () => {
  let device: TestDevice;
  let engine: WebGpuEngine;
  beforeAll(async () => {
    device = await openTestDevice();
    engine = await createWebGpuEngine({ device: device.context.device });
  });
  afterAll(() => {
    engine.destroy();
    device.destroy();
  });

  it('has only the default limits', () => {
    expect(engine.device.limits).toMatchObject({
      maxBufferSize: 2 ** 28,
      maxStorageBufferBindingSize: 2 ** 27,
      maxStorageBuffersPerShaderStage: 8,
      maxComputeInvocationsPerWorkgroup: 256,
      maxComputeWorkgroupStorageSize: 16_384,
      maxComputeWorkgroupsPerDimension: 65_535,
      minStorageBufferOffsetAlignment: 256,
    });
  });

  it.each(cases.map((entry) => [entry.name, entry] as const))('%s', async (_, entry) => {
    await entry.run(engine);
  });
});
