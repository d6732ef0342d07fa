import type { DeviceLabels } from '@shoal/core';

/** Labels in a session's buffer, one `u32` each. */
export function labelsIn(buffer: GPUBuffer, rows: number): DeviceLabels {
  return { location: 'device', engine: 'webgpu', rows, handle: buffer };
}
