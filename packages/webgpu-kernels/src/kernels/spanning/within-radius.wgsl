// How many candidates are within a radius of each query, and the lowest label of these. Needs the modules points-*, whose
// points are the candidates, and query-tiles.
//
// One workgroup of 256 threads per 128 queries and part of the candidates: every `parts`-th tile of 64 of them. Each thread
// keeps the counts and labels of its eight queries in registers; at the end those of a query's 16 threads are put together,
// eight times 2 KiB of workgroup memory one after another.

struct Slice {
  // Row of the chunk's first point.
  chunk_start: u32,
  // First candidate within the chunk, and one past the last.
  first: u32,
  end: u32,
  columns: u32,
  queries: u32,
  parts: u32,
  // 1 for the first search.
  fresh: u32,
  // The squared radius.
  square: f32,
}

@group(0) @binding(1) var<storage, read> queries: array<f32>;
@group(0) @binding(2) var<storage, read> labels: array<u32>;
// Count and lowest label: one for each query and part.
@group(0) @binding(3) var<storage, read_write> found: array<vec2u>;
@group(0) @binding(4) var<uniform> slice: Slice;

const NO_LABEL = 0xffffffffu;

var<workgroup> gathered: array<vec2u, LANES>;

// Counts and lowest labels of this thread's queries.
var<private> near: array<vec2u, 8>;

fn together(a: vec2u, b: vec2u) -> vec2u {
  return vec2u(a.x + b.x, min(a.y, b.y));
}

// Counts this thread's four candidates from `row` on for all its queries.
fn count_tile(row: u32) {
  let end = slice.chunk_start + slice.end;
  for (var c = 0u; c < 4u; c++) {
    if (row + c >= end) {
      return;
    }
    let label = labels[row + c];
    for (var query = 0u; query < 8u; query++) {
      if (squares[query][c] <= slice.square) {
        near[query] = together(near[query], vec2u(1u, label));
      }
    }
  }
}

// Puts the 16 gathered results from `lane` on together in their place.
fn put_together(lane: u32, at: u32) {
  var all = vec2u(0u, NO_LABEL);
  for (var other = 0u; other < CANDIDATE_LANES; other++) {
    all = together(all, gathered[lane + other]);
  }
  if (slice.fresh == 0u) {
    all = together(all, found[at]);
  }
  found[at] = all;
}

@compute @workgroup_size(LANES)
fn within_radius(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let share = share_of(group, groups);
  if (share.first_query >= slice.queries) {
    return;
  }
  for (var i = 0u; i < 8u; i++) {
    near[i] = vec2u(0u, NO_LABEL);
  }
  for (var first = slice.first + share.part * TILE_CANDIDATES; first < slice.end; first += slice.parts * TILE_CANDIDATES) {
    tile_squares(share.first_query, first, lane);
    count_tile(slice.chunk_start + first + lane % CANDIDATE_LANES * 4u);
  }
  let base = share.first_query + lane / CANDIDATE_LANES * 8u;
  for (var i = 0u; i < 8u; i++) {
    workgroupBarrier();
    gathered[lane] = near[i];
    workgroupBarrier();
    if (lane % CANDIDATE_LANES == 0u && base + i < slice.queries) {
      put_together(lane, (base + i) * slice.parts + share.part);
    }
  }
}
