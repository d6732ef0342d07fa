// Squared distances of 128 queries from 64 candidates. Put after a points-* module, whose points are the candidates, and before a
// kernel of 256 threads that declares `queries` (rows of floats) and `slice` with the fields `columns`, `queries` (their
// number), `end` (one past the last candidate) and `parts` (into which the candidates are divided).
//
// Thread `lane` keeps the squared distances of queries 8 (lane / 16) ... + 7 from candidates 4 (lane % 16) ... + 3 in
// registers: 64 operations for every three vectors read. Both tiles pass through workgroup memory DEPTH columns at a time,
// four rows to a vector, each column's run padded by a vector so that neighboring columns, which neighboring threads write,
// are in different banks: 6.25 KiB. The next columns are read from device memory while the current ones are processed.
//
// Sums (q - x)^2 directly, so there is no cancellation. A run of DEPTH columns is summed before it is added to the total:
// the relative error of a square is at most (DEPTH + columns / DEPTH + 2) * 2^-24. The square of a pair is the same bits in
// every tile, and whichever of both is the query.

const LANES = 256u;
const TILE_QUERIES = 128u;
const TILE_CANDIDATES = 64u;
const CANDIDATE_LANES = 16u;
const DEPTH = 8u;
const QUERIES_STRIDE = TILE_QUERIES / 4u + 1u;
const CANDIDATES_STRIDE = TILE_CANDIDATES / 4u + 1u;

var<workgroup> queries_tile: array<vec4f, DEPTH * QUERIES_STRIDE>;
var<workgroup> candidates_tile: array<vec4f, DEPTH * CANDIDATES_STRIDE>;

// This thread's squared distances: one vector of candidates per query.
var<private> squares: array<vec4f, 8>;

// What a workgroup compares: its first query, and every `parts`-th tile of candidates from number `part` on.
struct Share {
  first_query: u32,
  part: u32,
}

fn share_of(group: vec3u, groups: vec3u) -> Share {
  let work = group.x + group.y * groups.x;
  return Share(work / slice.parts * TILE_QUERIES, work % slice.parts);
}

fn query_value(query: u32, column: u32) -> f32 {
  if (query >= slice.queries || column >= slice.columns) {
    return 0.0;
  }
  return queries[query * slice.columns + column];
}

fn candidate_value(candidate: u32, column: u32) -> f32 {
  if (candidate >= slice.end || column >= slice.columns) {
    return 0.0;
  }
  return point_value(candidate * slice.columns + column);
}

// The values that a thread loads of the next columns: a column of four queries and, in half of the threads, of four
// candidates.
struct Brought {
  queries: vec4f,
  candidates: vec4f,
}

fn bring(first_query: u32, first_candidate: u32, start: u32, lane: u32) -> Brought {
  let column = start + lane % DEPTH;
  let quad = lane / DEPTH * 4u;
  let query = first_query + quad;
  let candidate = first_candidate + quad;
  var brought: Brought;
  brought.queries = vec4f(
    query_value(query, column),
    query_value(query + 1u, column),
    query_value(query + 2u, column),
    query_value(query + 3u, column),
  );
  if (quad < TILE_CANDIDATES) {
    brought.candidates = vec4f(
      candidate_value(candidate, column),
      candidate_value(candidate + 1u, column),
      candidate_value(candidate + 2u, column),
      candidate_value(candidate + 3u, column),
    );
  }
  return brought;
}

fn add_square(sum: vec4f, q: f32, x: vec4f) -> vec4f {
  let difference = vec4f(q) - x;
  return fma(difference, difference, sum);
}

// Fills `squares`. All lanes must call this together.
fn tile_squares(first_query: u32, first_candidate: u32, lane: u32) {
  squares = array<vec4f, 8>();
  let queries_at = 2u * (lane / CANDIDATE_LANES);
  let candidates_at = lane % CANDIDATE_LANES;
  let quad = lane / DEPTH;
  var brought = bring(first_query, first_candidate, 0u, lane);
  for (var start = 0u; start < slice.columns; start += DEPTH) {
    queries_tile[(lane % DEPTH) * QUERIES_STRIDE + quad] = brought.queries;
    if (quad < TILE_CANDIDATES / 4u) {
      candidates_tile[(lane % DEPTH) * CANDIDATES_STRIDE + quad] = brought.candidates;
    }
    workgroupBarrier();
    brought = bring(first_query, first_candidate, start + DEPTH, lane);
    var run = array<vec4f, 8>();
    for (var d = 0u; d < DEPTH; d++) {
      let p = queries_tile[d * QUERIES_STRIDE + queries_at];
      let q = queries_tile[d * QUERIES_STRIDE + queries_at + 1u];
      let x = candidates_tile[d * CANDIDATES_STRIDE + candidates_at];
      run[0] = add_square(run[0], p.x, x);
      run[1] = add_square(run[1], p.y, x);
      run[2] = add_square(run[2], p.z, x);
      run[3] = add_square(run[3], p.w, x);
      run[4] = add_square(run[4], q.x, x);
      run[5] = add_square(run[5], q.y, x);
      run[6] = add_square(run[6], q.z, x);
      run[7] = add_square(run[7], q.w, x);
    }
    squares[0] += run[0];
    squares[1] += run[1];
    squares[2] += run[2];
    squares[3] += run[3];
    squares[4] += run[4];
    squares[5] += run[5];
    squares[6] += run[6];
    squares[7] += run[7];
    workgroupBarrier();
  }
}
