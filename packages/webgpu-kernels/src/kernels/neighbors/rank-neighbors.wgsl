// Sorts the entries of each query: rows[q * neighbors + r] is the r-th nearest row, squares has the bits of its squared
// distance.
//
// One thread per entry of a query's lists, those of all parts together: its rank is the number of entries before it, and
// entries beyond the wanted neighbors are dropped. All entries differ, except for the unused ones of lists that are not
// full, which are last.

struct Params {
  queries: u32,
  // Number of entries of a query, and number of wanted ones.
  entries: u32,
  neighbors: u32,
}

@group(0) @binding(0) var<storage, read> lists: array<vec2u>;
@group(0) @binding(1) var<storage, read_write> rows: array<u32>;
@group(0) @binding(2) var<storage, read_write> squares: array<u32>;
@group(0) @binding(3) var<uniform> params: Params;

const GROUP = 64u;

@compute @workgroup_size(GROUP)
fn rank_neighbors(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let at = (group.x + group.y * groups.x) * GROUP + lane;
  let query = at / params.entries;
  if (query >= params.queries) {
    return;
  }
  let entry = lists[at];
  let first = query * params.entries;
  var rank = 0u;
  for (var i = first; i < first + params.entries; i++) {
    let other = lists[i];
    rank += select(0u, 1u, other.x < entry.x || (other.x == entry.x && other.y < entry.y));
  }
  if (rank < params.neighbors) {
    rows[query * params.neighbors + rank] = entry.y;
    squares[query * params.neighbors + rank] = entry.x;
  }
}
