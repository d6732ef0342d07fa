import { vi, type MockInstance } from 'vitest';

/** Counts the dispatches of a device's passes. */
export function spyOnDispatches(device: GPUDevice): MockInstance {
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.end();
  encoder.finish();
  return vi.spyOn(Object.getPrototypeOf(pass) as GPUComputePassEncoder, 'dispatchWorkgroups');
}

/** Counts what is read back from a device. */
export function spyOnReadbacks(device: GPUDevice): MockInstance {
  const buffer = device.createBuffer({ size: 4, usage: 8 });
  buffer.destroy();
  return vi.spyOn(Object.getPrototypeOf(buffer) as GPUBuffer, 'mapAsync');
}
