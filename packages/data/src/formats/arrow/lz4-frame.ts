/** The first bytes of a frame. */
const MAGIC = 0x184d2204;
/** A block that is stored without being packed has the highest bit of its length set. */
const STORED = 2 ** 31;

/**
 * Unpacks an LZ4 frame, as Arrow files have them. Blocks may refer to the ones before them.
 *
 * @param length of the unpacked bytes
 * @throws {Error} when it is damaged, or has another length
 */
export function unpackLz4Frame(bytes: Uint8Array, length: number): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 7 || view.getUint32(0, true) !== MAGIC)
    throw new Error('packed bytes are not an LZ4 frame');
  const flags = bytes[4];
  const hasBlockSums = (flags & 16) !== 0;
  let at = 7 + ((flags & 8) === 0 ? 0 : 8) + ((flags & 1) === 0 ? 0 : 4);
  const output = new Uint8Array(length);
  let filled = 0;
  for (;;) {
    if (at + 4 > bytes.length) throw new Error('an LZ4 frame is cut short');
    const head = view.getUint32(at, true);
    if (head === 0) break;
    const size = head % STORED;
    const block = bytes.subarray(at + 4, at + 4 + size);
    if (block.length < size) throw new Error('an LZ4 frame is cut short');
    if (head >= STORED) {
      output.set(block, filled);
      filled += size;
    } else filled = unpackBlock(block, output, filled);
    at += 4 + size + (hasBlockSums ? 4 : 0);
  }
  if (filled !== length) throw new Error(`an LZ4 frame unpacks to ${filled} bytes instead of ${length}`);
  return output;
}

/** @returns how much of the output is filled */
function unpackBlock(block: Uint8Array, output: Uint8Array, start: number): number {
  let at = 0;
  let filled = start;
  const lengthFrom = (nibble: number): number => {
    let length = nibble;
    for (let byte = nibble === 15 ? 255 : 0; byte === 255;) {
      if (at >= block.length) throw new Error('an LZ4 block is cut short');
      byte = block[at++];
      length += byte;
    }
    return length;
  };
  while (at < block.length) {
    const token = block[at++];
    const literals = lengthFrom(token >> 4);
    if (at + literals > block.length || filled + literals > output.length) {
      throw new Error('an LZ4 block is cut short');
    }
    output.set(block.subarray(at, at + literals), filled);
    at += literals;
    filled += literals;
    // The last sequence has only literals.
    if (at >= block.length) break;
    const distance = block[at] | (block[at + 1] << 8);
    at += 2;
    const end = filled + lengthFrom(token & 15) + 4;
    if (!(distance > 0 && distance <= filled) || end > output.length) {
      throw new Error('an LZ4 block refers to bytes that are not there');
    }
    for (; filled < end; filled++) output[filled] = output[filled - distance];
  }
  return filled;
}
