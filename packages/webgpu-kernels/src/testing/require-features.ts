import { requestDevice } from '../engine/adapter.ts';
import { OPTIONAL_FEATURES } from '../runtime/features.ts';

/**
 * A device with every optional feature, for `useTestDevice`.
 *
 * @throws {Error} when the adapter lacks one: such tests fail instead of being skipped
 */
export function requireFeatures(adapter: GPUAdapter): Promise<GPUDevice> {
  const own: ReadonlySet<string> = adapter.features;
  const missing = OPTIONAL_FEATURES.filter((feature) => !own.has(feature));
  if (missing.length > 0) {
    throw new Error(
      `These tests need an adapter with ${missing.join(', ')}, such as lavapipe of Mesa 26; ` +
        `${adapter.info.description} does not have them. Set SHOAL_TEST_ADAPTER to the name of another.`,
    );
  }
  return requestDevice(adapter);
}
