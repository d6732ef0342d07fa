// Draws rows with probability proportional to their mass: for each uniform number the first row whose running
// sum exceeds uniform * total. Needs the module mass.
//
// A single workgroup of 256 threads. Thread `lane` adds up a segment of neighboring blocks; one thread turns the 256
// segments into running sums; then each thread takes uniforms lane, lane + 256, ... and searches segments, blocks of the
// segment and rows of the block, and keeps the rest of its target.
//
// A row of mass 0 is never drawn: if rounding leaves a target that no running sum exceeds, the last part with any mass is
// taken. If the total is 0, row floor(uniform * rows) is drawn. The error of a draw is at most as many rows as have (blocks
// / 256 + 512) * 2^-24 of the total.

struct Params {
  rows: u32,
  seeded: u32,
  draws: u32,
}

@group(0) @binding(2) var<storage, read> blocks: array<f32>;
@group(0) @binding(3) var<storage, read> uniforms: array<f32>;
@group(0) @binding(4) var<storage, read_write> drawn: array<u32>;
@group(0) @binding(5) var<uniform> params: Params;

const LANES = 256u;

var<workgroup> segments: array<f32, LANES>;
var<workgroup> total: f32;

// More than any total mass: a search for it finds the last part with any mass.
const BEYOND = 3.4028234e38;

// The state of a search along masses.
struct Search {
  // Mass that the search must still pass.
  left: f32,
  // Index of the last part with any mass.
  found: u32,
  // Whether the target lies in that part.
  hit: bool,
}

// Passes a part of the given mass; true when the target lies in it.
fn falls_in(search: ptr<function, Search>, index: u32, mass: f32) -> bool {
  if (mass > 0.0) {
    (*search).found = index;
    (*search).hit = mass > (*search).left;
    if (!(*search).hit) {
      (*search).left -= mass;
    }
  }
  return (*search).hit;
}

// Starts a search within the part that another found, whose first index is given.
fn search_within(outer: Search, first: u32) -> Search {
  return Search(select(BEYOND, outer.left, outer.hit), first, false);
}

fn draw(target_mass: f32, block_count: u32, segment_length: u32) -> u32 {
  var in_segments = Search(target_mass, 0u, false);
  for (var s = 0u; s < LANES; s++) {
    if (falls_in(&in_segments, s, segments[s])) {
      break;
    }
  }
  let first_block = in_segments.found * segment_length;
  var in_blocks = search_within(in_segments, first_block);
  for (var b = first_block; b < min(first_block + segment_length, block_count); b++) {
    if (falls_in(&in_blocks, b, blocks[b])) {
      break;
    }
  }
  let first_row = in_blocks.found * BLOCK;
  var in_rows = search_within(in_blocks, first_row);
  for (var row = first_row; row < min(first_row + BLOCK, params.rows); row++) {
    if (falls_in(&in_rows, row, row_mass(row))) {
      break;
    }
  }
  return in_rows.found;
}

@compute @workgroup_size(LANES)
fn sample_rows(@builtin(local_invocation_index) lane: u32) {
  let block_count = (params.rows + BLOCK - 1u) / BLOCK;
  let segment_length = (block_count + LANES - 1u) / LANES;
  var segment = 0.0;
  let first = lane * segment_length;
  for (var b = first; b < min(first + segment_length, block_count); b++) {
    segment += blocks[b];
  }
  segments[lane] = segment;
  workgroupBarrier();
  if (lane == 0u) {
    var sum = 0.0;
    for (var s = 0u; s < LANES; s++) {
      sum += segments[s];
    }
    total = sum;
  }
  workgroupBarrier();
  for (var i = lane; i < params.draws; i += LANES) {
    if (total > 0.0) {
      drawn[i] = draw(uniforms[i] * total, block_count, segment_length);
    } else {
      drawn[i] = min(u32(uniforms[i] * f32(params.rows)), params.rows - 1u);
    }
  }
}
