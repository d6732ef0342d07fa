import source from './tile-distances.wgsl';
import tile from './tile.wgsl';

/** The WGSL modules that give kernels `tile_distances`. */
export const tileDistances = `${tile}\n${source}`;

/** Points, hence threads, per workgroup of a kernel that uses the module. */
const TILE_POINTS = 64;

const GROUPS_PER_TILE = 4;
const TARGETS_PER_GROUP = 4;

/**
 * Groups of four targets per tile: the fewest groups with which the number of tiles is still the least possible, so that
 * little work is wasted past the last target (10 targets take one tile of 12, 20 take two).
 *
 * @param count number of targets, at least 1
 */
export function tileGroups(count: number): number {
  const tiles = Math.ceil(count / (GROUPS_PER_TILE * TARGETS_PER_GROUP));
  return Math.ceil(count / tiles / TARGETS_PER_GROUP);
}

/** Workgroups that cover `rows` points. */
export function pointTiles(rows: number): number {
  return Math.ceil(rows / TILE_POINTS);
}
