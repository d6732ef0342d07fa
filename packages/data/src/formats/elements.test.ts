import { describe, expect, it } from 'vitest';
import { decodeElements } from './elements.ts';

describe('decodeElements', () => {
  it("copies out of a Node.js Buffer, because its slice would show the file's other bytes", () => {
    const file = Buffer.from(Float32Array.of(7, 1, 2, 3).buffer);
    const values = decodeElements(file.subarray(4), 'f32', 'little', 'x');
    expect(values).toEqual(Float32Array.of(1, 2, 3));
    values[0] = 9;
    expect(file.readFloatLE(4)).toBe(1);
  });

  it('views bytes in place, as a plain Uint8Array', () => {
    const file = Buffer.from([9, 1, 2]);
    const values = decodeElements(file.subarray(1), 'u8', 'little', 'x');
    expect(Object.getPrototypeOf(values)).toBe(Uint8Array.prototype);
    expect(values).toEqual(Uint8Array.of(1, 2));
    file[1] = 7;
    expect(values[0]).toBe(7);
  });

  it('does not reverse the bytes of its input', () => {
    const bytes = Uint8Array.of(0, 0, 1, 2);
    expect(decodeElements(bytes, 'i32', 'big', 'x')).toEqual(Int32Array.of(258));
    expect(bytes).toEqual(Uint8Array.of(0, 0, 1, 2));
  });
});
