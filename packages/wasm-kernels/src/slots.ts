import { TILE_ROWS } from './kernels.ts';

/** The most parts that rows are divided into: the same for any number of threads. */
const MAX_SLOTS = 32;
/**
 * The sums of all slots together take at most this share of the memory of the points, unless that leaves fewer slots than
 * this.
 */
const SHARE_OF_SUMS = 0.1;
const MIN_SLOTS = 4;

/** How rows are divided among slots, each with its own sums, and how many rows of a slot one call handles. */
export interface SlotPlan {
  readonly slots: number;
  readonly rowsPerSlot: number;
  /** Number of calls for one slot. */
  readonly parts: number;
  readonly rowsPerPart: number;
}

/**
 * @param sumBytes bytes of one slot's sums
 * @param rowsPerCall rows that one call handles
 */
export function planSlots(rows: number, pointBytes: number, sumBytes: number, rowsPerCall: number): SlotPlan {
  const tiles = Math.ceil(rows / TILE_ROWS);
  const affordable = Math.max(MIN_SLOTS, Math.floor((SHARE_OF_SUMS * pointBytes) / sumBytes));
  const tilesPerSlot = Math.ceil(tiles / Math.min(MAX_SLOTS, affordable, tiles));
  const tilesPerPart = Math.min(tilesPerSlot, Math.ceil(rowsPerCall / TILE_ROWS));
  return {
    slots: Math.ceil(tiles / tilesPerSlot),
    rowsPerSlot: tilesPerSlot * TILE_ROWS,
    parts: Math.ceil(tilesPerSlot / tilesPerPart),
    rowsPerPart: tilesPerPart * TILE_ROWS,
  };
}
