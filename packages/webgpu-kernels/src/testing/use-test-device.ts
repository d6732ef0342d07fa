import { afterAll, beforeAll } from 'vitest';
import type { DeviceContext } from '../runtime/device.ts';
import { openTestDevice, type TestDevice } from './test-device.ts';

/**
 * Opens a device for the tests of the enclosing `describe`, and destroys it after them.
 *
 * @param request see `openTestDevice`
 */
export function useTestDevice(request?: (adapter: GPUAdapter) => Promise<GPUDevice>): {
  readonly context: DeviceContext;
} {
  let device: TestDevice | undefined;
  beforeAll(async () => {
    device = await openTestDevice(request);
  });
  afterAll(() => device?.destroy());
  return {
    get context(): DeviceContext {
      if (device === undefined) throw new Error('The test device is only there while tests run.');
      return device.context;
    },
  };
}
