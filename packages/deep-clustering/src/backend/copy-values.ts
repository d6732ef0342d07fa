import type { DataTypeMap, NumericDataType, Tensor } from '@tensorflow/tfjs-core';

/** Copies what a tensor holds to the host, as it was when this was called; TensorFlow.js may hand out its own memory. */
export async function copyValues<Type extends NumericDataType = 'float32'>(
  values: Tensor,
): Promise<DataTypeMap[Type]> {
  const own = await values.data();
  return own.slice() as DataTypeMap[Type];
}
