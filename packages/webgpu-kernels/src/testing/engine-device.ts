import { EngineDevice } from '../recovery/engine-device.ts';
import type { DeviceContext } from '../runtime/device.ts';

/** A device as an engine has one that was given to it: nothing takes its place when it is lost. */
export function engineDevice(context: DeviceContext): EngineDevice {
  return new EngineDevice(context, { adapter: 'the adapter of a test', onChange: () => undefined });
}
