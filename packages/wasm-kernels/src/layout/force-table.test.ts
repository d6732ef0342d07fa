import { describe, expect, it } from 'vitest';
import { attractionTable, FORCE_TABLE_LENGTH, repulsionTable } from './force-table.ts';

/** Reads a table as the kernel does: linear interpolation between the two entries next to a square. */
function read(table: Float32Array, square: number): number {
  const bits = new Uint32Array(Float32Array.of(square).buffer)[0];
  const below = table[bits >>> 17];
  return below + ((bits & 0x1ffff) / 0x20000) * (table[(bits >>> 17) + 1] - below);
}

/** Squares at irregular places between entries; beyond the last of them forces are subnormal in float32. */
const SQUARES = Array.from({ length: 400 }, (_, i) => 1e-20 * 1.273 ** i).filter((square) => square < 1e12);

describe.each([
  { a: 1.93, b: 0.79, repulsion: 1 },
  { a: 1.577, b: 0.895, repulsion: 0.5 },
  { a: 0.5, b: 1.6, repulsion: 2 },
])('tables of forces with a = $a, b = $b', (shape) => {
  const { a, b, repulsion } = shape;

  it('are within three ten-thousandths of the forces', () => {
    const attractions = attractionTable(shape);
    const repulsions = repulsionTable(shape);
    for (const s of SQUARES) {
      const pull = (-2 * a * b * s ** (b - 1)) / (1 + a * s ** b);
      const push = (2 * repulsion * b) / ((0.001 + s) * (1 + a * s ** b));
      expect(Math.abs(read(attractions, s) / pull - 1), `pull at ${s}`).toBeLessThan(3e-4);
      expect(Math.abs(read(repulsions, s) / push - 1), `push at ${s}`).toBeLessThan(3e-4);
    }
  });

  it('are finite everywhere, also where squares overflow', () => {
    for (const table of [attractionTable(shape), repulsionTable(shape)]) {
      expect(table).toHaveLength(FORCE_TABLE_LENGTH);
      expect(table.every(Number.isFinite)).toBe(true);
      expect(Number.isFinite(read(table, Infinity))).toBe(true);
    }
  });
});

it('a place does not pull itself', () => {
  expect(attractionTable({ a: 1.93, b: 0.79, repulsion: 1 })[0]).toBe(0);
});
