import type { Random } from '@shoal/core';

/**
 * A copy with a few bytes changed, left out or repeated, half of the changes near the beginning, because headers are
 * there.
 */
export function mutateBytes(bytes: Uint8Array, random: Random): Uint8Array {
  const list = Array.from(bytes);
  for (let change = 1 + random.integer(4); change > 0 && list.length > 0; change--) {
    const at = random.integer(random.integer(2) === 0 ? list.length : Math.min(list.length, 200));
    const length = 1 + random.integer(16);
    switch (random.integer(5)) {
      case 0:
        list.splice(at, length);
        break;
      case 1:
        list.splice(at, 0, ...list.slice(at, at + length));
        break;
      case 2:
        list.length = at;
        break;
      default:
        list[at] = random.integer(256);
    }
  }
  return Uint8Array.from(list);
}
