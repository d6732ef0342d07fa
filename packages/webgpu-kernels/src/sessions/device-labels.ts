import type { DeviceLabels } from '@shoal/core';

/** Labels as a session's buffer holds them, a `u32` each. */
export function labelsIn(buffer: GPUBuffer, rows: number): DeviceLabels {
  return { location: 'device', engine: 'webgpu', rows, handle: buffer };
}
