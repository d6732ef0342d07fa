/** Arrays that small whole numbers are read into. */
type Output = Uint8Array | Int32Array;

/**
 * Reads whole numbers in Parquet's mixture of runs and packed bits.
 *
 * @param bytes exactly the bytes of these numbers, or more
 * @param width bits of a number, 0 to 32
 * @throws {Error} when there are too few bytes
 */
export function readHybrid(bytes: Uint8Array, width: number, output: Output): void {
  if (!(width >= 0 && width <= 32)) throw new Error(`numbers of ${width} bits are not known`);
  let at = 0;
  let filled = 0;
  while (filled < output.length) {
    let header = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= bytes.length || shift > 28) throw new Error('a page is cut short');
      header += (bytes[at] & 127) * 2 ** shift;
      if (bytes[at++] < 128) break;
    }
    const left = output.length - filled;
    if (header % 2 === 0) {
      const size = (width + 7) >> 3;
      if (at + size > bytes.length) throw new Error('a page is cut short');
      const end = filled + Math.min(header / 2, left);
      output.fill(unpacked(bytes, at, 0, width), filled, end);
      at += size;
      filled = end;
      continue;
    }
    // The last group of eight numbers may have fewer, and its bytes may be left out.
    const count = Math.min(((header - 1) / 2) * 8, left);
    if (at + Math.ceil((count * width) / 8) > bytes.length) throw new Error('a page is cut short');
    for (let i = 0; i < count; i++) {
      output[filled + i] = unpacked(bytes, at + (i >> 3) * width, (i & 7) * width, width);
    }
    at += ((header - 1) / 2) * width;
    filled += count;
  }
}

/** The number whose bits start `bits` after a byte; bytes beyond the end count as 0. */
function unpacked(bytes: Uint8Array, start: number, bits: number, width: number): number {
  const at = start + (bits >> 3);
  const shift = bits & 7;
  const low = bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
  if (width < 25) return (low >>> shift) & ((1 << width) - 1);
  const wide = (low >>> 0) + (bytes[at + 4] ?? 0) * 2 ** 32;
  return Math.floor(wide / 2 ** shift) % 2 ** width;
}
