import { expect, test } from 'vitest';
import { decodePacket, encodePacket } from './packet.ts';

const ARRAYS = [
  Uint8Array.of(1, 2, 255),
  Uint16Array.of(65535, 0),
  Uint32Array.of(4294967295),
  Float32Array.of(0.1, -0, Infinity),
  Float64Array.of(0.1, Number.MIN_VALUE, 2 ** 60),
  BigInt64Array.of(-1n, 2n ** 62n),
  new Float64Array(),
];

test.each(ARRAYS.map((values) => [values.constructor.name, values] as const))('packs %s', (_, values) => {
  const packet = decodePacket(encodePacket({ part: 7 }, values), 'It');
  expect(packet.values).toStrictEqual(values);
  expect(packet.header).toMatchObject({ part: 7 });
});

test('finds every damaged byte', () => {
  const packed = encodePacket({ part: 1 }, Float64Array.of(1.5));
  for (let at = 0; at < packed.length; at++) {
    const damaged = Buffer.from(packed);
    damaged[at] ^= 1;
    expect(() => decodePacket(damaged, 'An answer')).toThrow('An answer is damaged in Redis');
  }
  expect(() => decodePacket(packed.subarray(0, 5), 'An answer')).toThrow('damaged');
});
