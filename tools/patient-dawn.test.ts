import { afterAll, expect, it, vi } from 'vitest';
import { create } from 'webgpu';
import { isOfNativeModule } from './patient-dawn.ts';

// Dawn crashes when its instance is collected before its devices.
const gpu = create([]);
afterAll(() => gpu);

/** Greatest number of pipelines that are compiled to see Dawn look. */
const PIPELINES = 60;

it('Dawn looks for results by the global setImmediate, with functions of its native module', async () => {
  const adapter = await gpu.requestAdapter();
  const device = await adapter!.requestDevice();
  const look = vi.spyOn(globalThis, 'setImmediate');
  try {
    const hasLooked = (): boolean => look.mock.calls.some(([callback]) => isOfNativeModule(callback));
    // A pipeline may be ready before Dawn has to look, so several are made, all of them different.
    for (let i = 0; i < PIPELINES && !hasLooked(); i++) {
      const code = `var<workgroup> a: array<u32, ${i + 1}>;
        @compute @workgroup_size(${i + 1}) fn main(@builtin(local_invocation_index) j: u32) { a[j] = j + ${i}u; }`;
      const module = device.createShaderModule({ code });
      await device.createComputePipelineAsync({ layout: 'auto', compute: { module } });
    }
    expect(hasLooked()).toBe(true);
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
