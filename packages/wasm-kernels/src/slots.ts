import { TILE_ROWS } from './kernels.ts';

/** Parts that rows are dealt to at most: the same for any number of threads. */
const MAX_SLOTS = 32;
/** All slots' sums together take this share of the points at most, unless fewer slots than these would remain. */
const SHARE_OF_SUMS = 0.1;
const MIN_SLOTS = 4;

/** How rows are dealt to slots that add up sums of their own, and how finely a slot is worked through. */
export interface SlotPlan {
  readonly slots: number;
  readonly rowsPerSlot: number;
  /** Calls it takes to work through a slot. */
  readonly parts: number;
  readonly rowsPerPart: number;
}

/**
 * @param sumBytes what one slot's sums take
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
