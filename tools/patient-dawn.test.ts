import { afterAll, expect, it, vi } from 'vitest';
import { create } from 'webgpu';
import { isOfNativeModule } from './patient-dawn.ts';

// Dawn crashes when its instance is collected before its devices.
const gpu = create([]);
afterAll(() => gpu);

it('Dawn looks for results by the global setImmediate, with functions of its native module', async () => {
  const adapter = await gpu.requestAdapter();
  const device = await adapter!.requestDevice();
  const look = vi.spyOn(globalThis, 'setImmediate');
  try {
    const module = device.createShaderModule({ code: '@compute @workgroup_size(1) fn main() {}' });
    await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
    const callbacks = look.mock.calls.map(([callback]) => callback);
    expect(callbacks.some(isOfNativeModule)).toBe(true);
  } finally {
    look.mockRestore();
    device.destroy();
  }
});

it('functions that are not of a native module do not pause', async () => {
  expect(isOfNativeModule(() => undefined)).toBe(false);
  expect(isOfNativeModule(isOfNativeModule.bind(undefined))).toBe(false);
  await new Promise((resolve) => {
    expect(isOfNativeModule(resolve)).toBe(false);
    resolve(undefined);
  });
});
