import type { ClusterPartition } from './cluster-partition.ts';

/** Points per tile: two tiles of 784 columns in float64 stay within a core's second-level cache. */
const TILE_ROWS = 64;

/** A run of points of one cluster, as positions in the order of clusters. */
export interface Tile {
  readonly cluster: number;
  readonly start: number;
  readonly end: number;
}

/** Two tiles to measure next; `completesClusters` marks the last pair of tiles of two clusters. */
export interface TilePair {
  readonly a: Tile;
  readonly b: Tile;
  readonly completesClusters: boolean;
}

/** The tiles of each cluster. */
export function tileClusters(partition: ClusterPartition): Tile[][] {
  const { starts, clusters } = partition;
  return Array.from({ length: clusters }, (_, cluster) => {
    const tiles: Tile[] = [];
    for (let start = starts[cluster]; start < starts[cluster + 1]; start += TILE_ROWS) {
      tiles.push({ cluster, start, end: Math.min(start + TILE_ROWS, starts[cluster + 1]) });
    }
    return tiles;
  });
}

/** Every unordered pair of tiles once, including a tile with itself, one pair of clusters after another. */
export function* tilePairs(tiles: readonly (readonly Tile[])[]): Generator<TilePair, void> {
  for (let left = 0; left < tiles.length; left++) {
    for (let right = left; right < tiles.length; right++) {
      for (const a of tiles[left]) {
        for (const b of tiles[right]) {
          if (b.start < a.start) continue;
          const completesClusters = a === tiles[left].at(-1) && b === tiles[right].at(-1);
          yield { a, b, completesClusters };
        }
      }
    }
  }
}
