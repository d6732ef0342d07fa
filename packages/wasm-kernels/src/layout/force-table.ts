import type { GraphLayoutOptions } from '@shoal/core/engine-kit';

/** An entry is chosen by the bits of a float32 above the lowest 17: 64 entries from one power of two to the next. */
const ENTRY_BITS = 17;
/** Entries from 0 to infinity, and one more, which is read with weight 0. */
export const FORCE_TABLE_LENGTH = (0x7f800000 >>> ENTRY_BITS) + 2;

/** Keeps the repulsion of two vertices at the same place finite. */
const NEAREST_SQUARE = 0.001;
/** Limit that keeps entries finite; the limit on a move is much smaller. */
const MAX_FORCE = 1e30;

type ForceShape = Pick<GraphLayoutOptions, 'a' | 'b' | 'repulsion'>;

/**
 * The pull of an edge by the square s of its length, at every 64th of a power of two: -2ab s^(b-1) / (1 + a s^b). Linear
 * interpolation between two entries has a relative error below 3e-4.
 */
export function attractionTable({ a, b }: ForceShape): Float32Array {
  return tableOf((s) => (s === 0 ? 0 : (-2 * b) / (s ** (1 - b) / a + s)));
}

/** The push between two vertices by the square s of their distance: 2 `repulsion` b / ((0.001 + s) (1 + a s^b)). */
export function repulsionTable({ a, b, repulsion }: ForceShape): Float32Array {
  return tableOf((s) => (2 * repulsion * b) / (NEAREST_SQUARE + s) / (1 + a * s ** b));
}

function tableOf(force: (square: number) => number): Float32Array {
  const squares = new Float32Array(1);
  const bits = new Uint32Array(squares.buffer);
  return Float32Array.from({ length: FORCE_TABLE_LENGTH }, (_, entry) => {
    bits[0] = Math.min(0x7f7fffff, entry << ENTRY_BITS);
    return Math.max(-MAX_FORCE, Math.min(MAX_FORCE, force(squares[0])));
  });
}
