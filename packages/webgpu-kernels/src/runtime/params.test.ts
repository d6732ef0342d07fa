import { expect, it } from 'vitest';
import { defineParams } from './params.ts';

it('packs scalars one after another, little-endian, padded to 16 bytes', () => {
  const struct = defineParams('Params', { a: 'u32', b: 'f32', c: 'u32', isSet: 'u32', d: 'f32' });
  // Values may be given in any order; the struct decides their places.
  const packed = struct.pack({ d: -1, a: 1, b: 0.5, c: 0xffffffff, isSet: true });
  expect(packed.byteLength).toBe(32);
  const view = new DataView(packed);
  expect(view.getUint32(0, true)).toBe(1);
  expect(view.getFloat32(4, true)).toBe(0.5);
  expect(view.getUint32(8, true)).toBe(0xffffffff);
  expect(view.getUint32(12, true)).toBe(1);
  expect(view.getFloat32(16, true)).toBe(-1);
});

it('packs pairs at multiples of 8 bytes', () => {
  const packed = defineParams('Params', { a: 'u32', pair: 'vec2f', b: 'f32' }).pack({
    a: 1,
    pair: [2, 3],
    b: 4,
  });
  expect([...new Float32Array(packed)]).toEqual([
    new Float32Array(Uint32Array.of(1).buffer)[0],
    0,
    2,
    3,
    4,
    0,
    0,
    0,
  ]);
});
