import type { GraphLayoutOptions } from '@shoal/core/engine-kit';

/** The bits of a float32 above the 17 that lie between two entries: 64 entries from one power of two to the next. */
const ENTRY_BITS = 17;
/** From 0 to infinity, and one beyond, which is read but counts nothing. */
export const FORCE_TABLE_LENGTH = (0x7f800000 >>> ENTRY_BITS) + 2;

/** Keeps the repulsion of two vertices in one place finite. */
const NEAREST_SQUARE = 0.001;
/** Entries stay finite; a move is cut off long before. */
const MAX_FORCE = 1e30;

type ForceShape = Pick<GraphLayoutOptions, 'a' | 'b' | 'repulsion'>;

/**
 * The pull of an edge by the square s of its length, at every 64th of a power of two: -2ab s^(b-1) / (1 + a s^b). Between
 * two of them the line is off by less than 3e-4 of the value.
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
