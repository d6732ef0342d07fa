/** Which half of a 64-bit integer is the low one. */
const LOW = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1 ? 0 : 1;

/**
 * Adds 64-bit integers to others, modulo 2^64. In halves, because a BigInt for each would take more time than all other work on
 * a small part.
 */
export function addTotals(to: BigInt64Array, added: BigInt64Array): void {
  const sums = halvesOf(to);
  const halves = halvesOf(added);
  for (let at = 0; at < halves.length; at += 2) {
    const low = sums[at + LOW] + halves[at + LOW];
    sums[at + LOW] = low;
    sums[at + 1 - LOW] += halves[at + 1 - LOW] + (low > 0xffffffff ? 1 : 0);
  }
}

function halvesOf({ buffer, byteOffset, length }: BigInt64Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, 2 * length);
}
