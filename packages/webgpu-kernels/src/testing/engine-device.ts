import { EngineDevice } from '../recovery/engine-device.ts';
import type { DeviceContext } from '../runtime/device.ts';

/** A device like one that was given to an engine: it is not replaced after a loss. */
export function engineDevice(context: DeviceContext): EngineDevice {
  return new EngineDevice(context, { adapter: 'the adapter of a test', onChange: () => undefined });
}
