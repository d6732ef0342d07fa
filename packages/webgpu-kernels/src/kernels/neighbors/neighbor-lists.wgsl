// The nearest candidates of each query so far: lists of k entries in device memory, and the functions that update them. Put
// before a kernel of 256 threads that declares `lists` and `slice`, after the module query-tiles, and owns the lists from `base` on.
//
// An entry is a pair: the bits of a squared distance, which are in the order of the distances, and a row. Pairs are compared
// in this order, so among equally near rows the lowest wins, and the result does not depend on the order of the search. A
// list is a heap with its farthest entry first: a nearer entry replaces it and moves down by up to log2(k) steps.
//
// Threads offer candidates that are nearer than a query's farthest entry in one of its SLOTS. Then the query's own thread
// takes these, and candidates that found no slot are offered again if they are still near enough. After the first tiles
// hardly any are. Workgroup memory: 1.5 KiB, and 8 KiB of slots.

const SLOTS = 8u;
// Later than every entry: the threshold of a list that is not full.
const NOBODY = vec2u(0xffffffffu, 0xffffffffu);

// The farthest entry of each query's list.
var<workgroup> thresholds: array<vec2u, TILE_QUERIES>;
// The offers to each query in this round, and their number.
var<workgroup> slots: array<vec2u, SLOTS * TILE_QUERIES>;
var<workgroup> offers: array<atomic<u32>, TILE_QUERIES>;
// Whether any candidate found no slot.
var<workgroup> turned_away: atomic<u32>;
var<workgroup> another_round: u32;

fn before(a: vec2u, b: vec2u) -> bool {
  return a.x < b.x || (a.x == b.x && a.y < b.y);
}

// Starts with the lists of `queries` queries, which are emptied if `fresh`. All lanes must call this together.
fn open_lists(base: u32, stride: u32, queries: u32, lane: u32) {
  if (slice.fresh != 0u) {
    for (var i = lane; i < queries * slice.neighbors; i += LANES) {
      lists[base + i / slice.neighbors * stride + i % slice.neighbors] = NOBODY;
    }
    storageBarrier();
  }
  if (lane < TILE_QUERIES) {
    thresholds[lane] = vec2u();
    if (lane < queries) {
      thresholds[lane] = lists[base + lane * stride];
    }
  }
  workgroupBarrier();
}

// Offers an entry; returns whether it must be offered again.
fn offer(query: u32, entry: vec2u) -> bool {
  if (!before(entry, thresholds[query])) {
    return false;
  }
  let slot = atomicAdd(&offers[query], 1u);
  if (slot >= SLOTS) {
    atomicStore(&turned_away, 1u);
    return true;
  }
  slots[slot * TILE_QUERIES + query] = entry;
  return false;
}

// Offers those of four candidates from `row` on whose bit is set; returns the bits of those that must be offered again.
fn offer_four(waiting: u32, query: u32, first_query: u32, four: vec4f, row: u32) -> u32 {
  let keys = bitcast<vec4u>(four);
  let near = keys <= vec4u(thresholds[query].x);
  if (!any(near)) {
    return 0u;
  }
  let end = slice.chunk_start + slice.end;
  let own = slice.own + first_query + query;
  let rows = vec4u(row, row + 1u, row + 2u, row + 3u);
  let bits = vec4u(1u, 2u, 4u, 8u);
  let offered = near & (rows < vec4u(end)) & (rows != vec4u(own)) & ((vec4u(waiting) & bits) != vec4u());
  var again = 0u;
  if (offered.x && offer(query, vec2u(keys.x, rows.x))) {
    again |= bits.x;
  }
  if (offered.y && offer(query, vec2u(keys.y, rows.y))) {
    again |= bits.y;
  }
  if (offered.z && offer(query, vec2u(keys.z, rows.z))) {
    again |= bits.z;
  }
  if (offered.w && offer(query, vec2u(keys.w, rows.w))) {
    again |= bits.w;
  }
  return again;
}

// Replaces the farthest entry.
fn replace_farthest(list: u32, entry: vec2u) {
  var at = 0u;
  loop {
    var child = 2u * at + 1u;
    if (child >= slice.neighbors) {
      break;
    }
    var farther = lists[list + child];
    if (child + 1u < slice.neighbors) {
      let other = lists[list + child + 1u];
      if (before(farther, other)) {
        farther = other;
        child++;
      }
    }
    if (!before(entry, farther)) {
      break;
    }
    lists[list + at] = farther;
    at = child;
  }
  lists[list + at] = entry;
}

// Ends a round; returns whether another one is needed. All lanes must call this together.
fn take_offers(base: u32, stride: u32, lane: u32) -> bool {
  workgroupBarrier();
  if (lane == 0u) {
    another_round = atomicExchange(&turned_away, 0u);
  }
  if (lane < TILE_QUERIES) {
    let list = base + lane * stride;
    let taken = min(SLOTS, atomicExchange(&offers[lane], 0u));
    for (var i = 0u; i < taken; i++) {
      let entry = slots[i * TILE_QUERIES + lane];
      if (before(entry, thresholds[lane])) {
        replace_farthest(list, entry);
        thresholds[lane] = lists[list];
      }
    }
  }
  return workgroupUniformLoad(&another_round) != 0u;
}
