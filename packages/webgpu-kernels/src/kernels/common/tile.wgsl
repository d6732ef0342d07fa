// A tile of points and targets (centroids, seeds, candidates), and its values, which are zeros past the last row, target and
// column. Put after a points-access module.

@group(0) @binding(1) var<storage, read> targets: array<f32>;

struct Tile {
  // First row in the points, and number of all rows.
  row: u32,
  rows: u32,
  columns: u32,
  // First target of the tile, and number of all targets.
  first: u32,
  count: u32,
}

fn tile_point(row: u32, column: u32, tile: Tile) -> f32 {
  if (row >= tile.rows || column >= tile.columns) {
    return 0.0;
  }
  return point_value(row * tile.columns + column);
}

fn tile_target(index: u32, column: u32, tile: Tile) -> f32 {
  if (index >= tile.count || column >= tile.columns) {
    return 0.0;
  }
  return targets[index * tile.columns + column];
}
