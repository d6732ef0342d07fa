import { afterAll, beforeAll, describe } from 'vitest';
import { openWasm, openWebGpu, type TestBackend } from './tensor-backends.ts';

/**
 * Runs tests on every tensor backend.
 *
 * @param tests receives a function that returns the backend, which is open while tests run
 */
export function describeOnTensorBackends(tests: (opened: () => TestBackend) => void): void {
  describe.each([
    ['wasm', openWasm],
    ['webgpu', openWebGpu],
  ] as const)('on %s', (_, open) => {
    let opened: TestBackend;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => {
      opened.destroy();
    });

    tests(() => opened);
  });
}
