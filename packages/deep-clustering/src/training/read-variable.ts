import type { Variable } from '@tensorflow/tfjs-core';

/** Copies what a variable holds to the host, as it was when this was called. */
export async function readVariable(values: Variable): Promise<Float32Array> {
  return (await values.data<'float32'>()).slice();
}
