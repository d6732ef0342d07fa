/** The greatest number of float32 that is at most `value`, which is not negative. */
export function atMostInFloat32(value: number): number {
  const floats = Float32Array.of(value);
  if (floats[0] > value) new Uint32Array(floats.buffer)[0]--;
  return floats[0];
}
