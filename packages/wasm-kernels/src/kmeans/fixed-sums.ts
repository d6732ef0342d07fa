import { magicOf } from '@shoal/core/engine-kit';
import type { SessionMemory } from '../memory.ts';
import type { PointPlace } from '../resident-points.ts';
import type { KMeansPlan } from './plan.ts';

/** Bits of a double that one addition can use, with room for a sign and a carry. */
const PLACED_BITS = 50;
/** Bits of a 64-bit sum, with the same room. */
const SUM_BITS = 62;
/**
 * The greatest deviation of a column counts as at least this share of its shift: where values hardly differ, sums need no
 * more digits.
 */
const FLOOR = 2 ** -20;

/** What fixed points depend on, besides columns: the same for all parts of a whole. */
export interface FixedPointBasis {
  /** Number of all points, also of those in other parts. */
  readonly rows: number;
  readonly greatestWeight: number;
}

/**
 * Chooses the fixed point of each column's sums: the finest power of two with which neither a sum over all points nor a
 * single value overflows; see assembly/fixed-sums.ts. The error of a sum is then at most half of that power per point: 2^-41
 * of the column's greatest value at 4 million points, 2^-51 at few points.
 */
export function setQuanta(
  plan: KMeansPlan,
  memory: SessionMemory,
  place: PointPlace,
  { rows, greatestWeight }: FixedPointBasis,
): void {
  const { columns, magics, shiftedMagics, shiftErrors, quanta } = plan.globals;
  const chosen = memory.doubles(quanta, columns + 1);
  for (let j = 0; j < columns; j++) {
    const magnitude = Math.max(place.reach[j], FLOOR * Math.abs(place.shift[j]));
    chosen[j] = quantum(magnitude * greatestWeight, rows);
  }
  chosen[columns] = quantum(greatestWeight, rows);
  memory.doubles(magics, columns + 1).set(chosen.map(magicOf));
  const centered = memory.doubles(shiftedMagics, columns);
  const errors = memory.doubles(shiftErrors, columns);
  place.shift.forEach((shift, j) => {
    const magic = magicOf(chosen[j]);
    centered[j] = magic - shift;
    // The rounding of that difference, exactly (Knuth's two-sum).
    const back = centered[j] - magic;
    errors[j] = centered[j] - back - magic + (back + shift);
  });
}

/** The same for the squares of each column, and for what these leave out, 2 x D values. */
export function setSquareQuanta(
  { globals: { columns, squareMagics } }: KMeansPlan,
  memory: SessionMemory,
  place: PointPlace,
  { rows, greatestWeight }: FixedPointBasis,
): Float64Array {
  const chosen = new Float64Array(2 * columns);
  for (let j = 0; j < columns; j++) {
    chosen[j] = quantum(place.reach[j] ** 2 * greatestWeight, rows);
    chosen[columns + j] = quantum(chosen[j], rows);
  }
  memory.doubles(squareMagics, 2 * columns).set(chosen.map(magicOf));
  return chosen;
}

function quantum(magnitude: number, rows: number): number {
  if (magnitude === 0) return 1;
  const exponent = Math.ceil(Math.log2(magnitude));
  const finest = Math.max(exponent + Math.ceil(Math.log2(rows)) - SUM_BITS, exponent - PLACED_BITS);
  // Its magic number must stay a normal double.
  return 2 ** Math.max(finest, -960);
}
