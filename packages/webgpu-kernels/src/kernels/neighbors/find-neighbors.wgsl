// Adds the candidates nearest to each query to lists of the k nearest so far. Needs the modules points-*, whose points are
// the candidates, query-tiles and neighbor-lists.
//
// One workgroup of 256 threads per 128 queries and part of the candidates: every `parts`-th tile of 64 of them.

struct Slice {
  // Row of the chunk's first point.
  chunk_start: u32,
  // First candidate within the chunk, and one past the last.
  first: u32,
  end: u32,
  columns: u32,
  queries: u32,
  // If queries are rows of the points, which do not find themselves: the row of the first query. Otherwise past the last
  // point.
  own: u32,
  // k.
  neighbors: u32,
  parts: u32,
  // 1 for the first search.
  fresh: u32,
}

@group(0) @binding(1) var<storage, read> queries: array<f32>;
@group(0) @binding(2) var<storage, read_write> lists: array<vec2u>;
@group(0) @binding(3) var<uniform> slice: Slice;

@compute @workgroup_size(LANES)
fn find_neighbors(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let share = share_of(group, groups);
  let first_query = share.first_query;
  if (first_query >= slice.queries) {
    return;
  }
  // The lists of a query, one for each part, are stored one after another.
  let stride = slice.parts * slice.neighbors;
  let base = first_query * stride + share.part * slice.neighbors;
  open_lists(base, stride, min(TILE_QUERIES, slice.queries - first_query), lane);
  let query = lane / CANDIDATE_LANES * 8u;
  for (var first = slice.first + share.part * TILE_CANDIDATES; first < slice.end; first += slice.parts * TILE_CANDIDATES) {
    tile_squares(first_query, first, lane);
    let row = slice.chunk_start + first + lane % CANDIDATE_LANES * 4u;
    // Four bits for each vector of squares.
    var waiting = 0xffffffffu;
    loop {
      var again = offer_four(waiting, query, first_query, squares[0], row);
      again |= offer_four(waiting >> 4u, query + 1u, first_query, squares[1], row) << 4u;
      again |= offer_four(waiting >> 8u, query + 2u, first_query, squares[2], row) << 8u;
      again |= offer_four(waiting >> 12u, query + 3u, first_query, squares[3], row) << 12u;
      again |= offer_four(waiting >> 16u, query + 4u, first_query, squares[4], row) << 16u;
      again |= offer_four(waiting >> 20u, query + 5u, first_query, squares[5], row) << 20u;
      again |= offer_four(waiting >> 24u, query + 6u, first_query, squares[6], row) << 24u;
      again |= offer_four(waiting >> 28u, query + 7u, first_query, squares[7], row) << 28u;
      waiting = again;
      if (!take_offers(base, stride, lane)) {
        break;
      }
    }
  }
}
