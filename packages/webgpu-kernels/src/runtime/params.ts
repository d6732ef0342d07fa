/** One field of a uniform struct whose members are all 4-byte scalars. */
export type Param = readonly ['u32' | 'f32', number];

/**
 * Packs scalars one after the other, as WGSL lays out a struct of `u32` and `f32` members (each aligned to
 * 4 bytes), padded to a multiple of 16 bytes.
 */
export function packParams(fields: readonly Param[]): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(Math.max(16, Math.ceil(fields.length / 4) * 16)));
  fields.forEach(([type, value], i) => {
    if (type === 'u32') view.setUint32(4 * i, value, true);
    else view.setFloat32(4 * i, value, true);
  });
  return view.buffer;
}
