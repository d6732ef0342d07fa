// The shortest edge from each query to a candidate of another component, by mutual reachability. Needs the modules points-*,
// whose points are the candidates, and query-tiles.
//
// One workgroup of 256 threads per 128 queries and part of the candidates: every `parts`-th tile of 64 of them. Each thread
// keeps the best candidate of its eight queries in registers; at the end the 16 threads of a query are compared, eight times
// 3 KiB of workgroup memory one after another.
//
// An edge is compared by weight, squared distance and row, so the result does not depend on the order of the search. Floats
// that are not negative are in the order of their bits.

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
}

@group(0) @binding(1) var<storage, read> queries: array<f32>;
// Component, and bits of the squared core distance, of each query and of each row.
@group(0) @binding(2) var<storage, read> query_places: array<vec2u>;
@group(0) @binding(3) var<storage, read> row_places: array<vec2u>;
// Bits of weight and squared distance, and row: one for each query and part.
@group(0) @binding(4) var<storage, read_write> edges: array<vec4u>;
@group(0) @binding(5) var<uniform> slice: Slice;

// Later than every edge.
const NONE = vec3u(0xffffffffu, 0xffffffffu, 0xffffffffu);

var<workgroup> compared: array<vec3u, LANES>;

// The best edges of this thread's queries, and what is known of these.
var<private> best: array<vec3u, 8>;
var<private> own: array<vec2u, 8>;

fn is_shorter(a: vec3u, b: vec3u) -> bool {
  if (a.x != b.x) {
    return a.x < b.x;
  }
  return a.y < b.y || (a.y == b.y && a.z < b.z);
}

fn consider(square: f32, row: u32, candidate: vec2u, query: u32) {
  let bits = bitcast<u32>(square);
  let edge = vec3u(max(bits, max(candidate.y, own[query].y)), bits, row);
  if (candidate.x != own[query].x && is_shorter(edge, best[query])) {
    best[query] = edge;
  }
}

// Considers this thread's four candidates from `row` on for all its queries.
fn consider_tile(row: u32) {
  let end = slice.chunk_start + slice.end;
  for (var c = 0u; c < 4u; c++) {
    if (row + c >= end) {
      return;
    }
    let candidate = row_places[row + c];
    for (var query = 0u; query < 8u; query++) {
      consider(squares[query][c], row + c, candidate, query);
    }
  }
}

// Puts the shortest of the 16 compared edges from `lane` on in its place.
fn keep_shortest(lane: u32, at: u32) {
  var shortest = compared[lane];
  for (var other = 1u; other < CANDIDATE_LANES; other++) {
    if (is_shorter(compared[lane + other], shortest)) {
      shortest = compared[lane + other];
    }
  }
  if (slice.fresh != 0u || is_shorter(shortest, edges[at].xyz)) {
    edges[at] = vec4u(shortest, 0u);
  }
}

@compute @workgroup_size(LANES)
fn nearest_outside(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let share = share_of(group, groups);
  if (share.first_query >= slice.queries) {
    return;
  }
  let base = share.first_query + lane / CANDIDATE_LANES * 8u;
  for (var i = 0u; i < 8u; i++) {
    best[i] = NONE;
    own[i] = query_places[min(base + i, slice.queries - 1u)];
  }
  for (var first = slice.first + share.part * TILE_CANDIDATES; first < slice.end; first += slice.parts * TILE_CANDIDATES) {
    tile_squares(share.first_query, first, lane);
    consider_tile(slice.chunk_start + first + lane % CANDIDATE_LANES * 4u);
  }
  for (var i = 0u; i < 8u; i++) {
    workgroupBarrier();
    compared[lane] = best[i];
    workgroupBarrier();
    if (lane % CANDIDATE_LANES == 0u && base + i < slice.queries) {
      keep_shortest(lane, (base + i) * slice.parts + share.part);
    }
  }
}
