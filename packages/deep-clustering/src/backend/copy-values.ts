import type { DataTypeMap, NumericDataType, Tensor } from '@tensorflow/tfjs-core';

/**
 * Copies the values of a tensor to the host, as they were at the time of the call. The copy is needed because
 * TensorFlow.js may return its own memory.
 */
export async function copyValues<Type extends NumericDataType = 'float32'>(
  values: Tensor,
): Promise<DataTypeMap[Type]> {
  const own = await values.data();
  return own.slice() as DataTypeMap[Type];
}
