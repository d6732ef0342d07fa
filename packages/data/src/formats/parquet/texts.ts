import { isByteArrays, unsigned64, type Values } from '../columnar/number-type.ts';

/** Texts up to this many bytes are put together from their characters, which is faster than a decoder. */
const SHORT = 16;

const decoder = new TextDecoder();

/** Bytes as UTF-8. */
export function utf8At(values: Values): (index: number) => string {
  return ofBytes(values, (bytes) => {
    if (bytes.length > SHORT) return decoder.decode(bytes);
    let text = '';
    for (const byte of bytes) {
      if (byte > 127) return decoder.decode(bytes);
      text += String.fromCharCode(byte);
    }
    return text;
  });
}

export function uuidAt(values: Values): (index: number) => string {
  return ofBytes(values, (bytes) => {
    const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  });
}

/** Integers of 64 bits with all their digits. */
export function int64At(signed: boolean): (values: Values) => (index: number) => string {
  return (values) => {
    const integers = signed ? values : unsigned64(values);
    return (index) => integers[index].toString();
  };
}

function ofBytes(values: Values, text: (bytes: Uint8Array) => string): (index: number) => string {
  // A page in which every value is missing has an empty array of another type.
  if (values.length > 0 && !isByteArrays(values)) throw new Error('a column of texts has other values');
  const list = isByteArrays(values) ? values : [];
  return (index) => text(list[index]);
}
