import { afterAll, beforeAll } from 'vitest';
import type { DeviceContext } from '../runtime/device.ts';
import { openTestDevice, type TestDevice } from './test-device.ts';

/** The device without optional features of this process, so that each kernel is compiled once for all test files. */
let shared: Promise<TestDevice> | undefined;

/**
 * A device for the tests of the enclosing `describe`: the one that all test files of the process share, or with
 * `request` one of its own, which is destroyed after them.
 *
 * @param request see `openTestDevice`
 */
export function useTestDevice(request?: (adapter: GPUAdapter) => Promise<GPUDevice>): {
  readonly context: DeviceContext;
} {
  let device: TestDevice | undefined;
  beforeAll(async () => {
    device = await (request === undefined ? (shared ??= openTestDevice()) : openTestDevice(request));
  });
  afterAll(() => {
    if (request !== undefined) device?.destroy();
  });
  return {
    get context(): DeviceContext {
      if (device === undefined) throw new Error('The test device is only there while tests run.');
      return device.context;
    },
  };
}
