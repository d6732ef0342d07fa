import type { TensorData } from '@shoal/core';

/** Numbers as a matrix holds them: bytes, float32 or float64. Integers of 32 bits become float64, exactly. */
export function realValues(data: TensorData): Uint8Array | Float32Array | Float64Array {
  return data instanceof Int32Array || data instanceof Uint32Array ? new Float64Array(data) : data;
}
