import { expect, it } from 'vitest';
import { packParams } from './params.ts';

it('packs scalars one after the other, little-endian, padded to 16 bytes', () => {
  const packed = packParams([
    ['u32', 1],
    ['f32', 0.5],
    ['u32', 0xffffffff],
    ['u32', 2],
    ['f32', -1],
  ]);
  expect(packed.byteLength).toBe(32);
  const view = new DataView(packed);
  expect(view.getUint32(0, true)).toBe(1);
  expect(view.getFloat32(4, true)).toBe(0.5);
  expect(view.getUint32(8, true)).toBe(0xffffffff);
  expect(view.getUint32(12, true)).toBe(2);
  expect(view.getFloat32(16, true)).toBe(-1);
});
