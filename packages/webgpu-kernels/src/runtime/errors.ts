import { DeviceError } from '@shoal/core';

/** The message of anything that was thrown. */
function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Converts an error from an error scope to Shoal's own, with WebGPU's message. */
export function scopeError(
  kind: 'out-of-memory' | 'validation' | 'internal',
  doing: string,
  error: GPUError,
): DeviceError {
  const advice =
    kind === 'out-of-memory'
      ? 'Use fewer points or columns at a time, or a device with more memory.'
      : 'This is a fault in a kernel or a driver; please report it with the device name.';
  return new DeviceError(kind, `The GPU failed while ${doing} (${kind}): ${error.message} ${advice}`, {
    cause: error,
  });
}

/** The error of every call after the device was lost. */
export function lostError(doing: string, detail: string): DeviceError {
  return new DeviceError('lost', `The GPU device was lost while ${doing} (${detail || 'no reason given'}).`);
}

/** The error for a rejected WebGPU promise, for example of a pipeline or a mapping. */
export function rejectionError(doing: string, error: unknown): DeviceError {
  return new DeviceError('internal', `The GPU failed while ${doing}: ${messageOf(error)}`, { cause: error });
}
