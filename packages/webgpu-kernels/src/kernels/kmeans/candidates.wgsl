// From candidates to labels: what the kernels that find the nearest centroid by products have in common. |x - c|^2 is
// least where the score |c|^2 / 2 - x.c is. A kernel leaves, for each of its TILE_ROWS points, the least score, the second
// least and the label of the least in the point's slot, and says by `score_bound` how far apart two scores have to be for
// `assign` to see the same order. Where they are closer, or no numbers, all distances of the point are computed as `assign`
// computes them; so labels are its own. Distances always are sums of (x - c)^2. Needs the modules points-*, tile and state.
//
// Workgroups are LANES x 1 x 1. A kernel has memory for TILE_ROWS + LANES vectors, its slots; here is half a KiB more.

const LANES = 256u;
const TILE_ROWS = 128u;
const TILE_TARGETS = 64u;

// Half the squared length of each centroid; then the largest of them; then, for kernels that need it, the largest
// magnitude of a point's value.
@group(0) @binding(2) var<storage, read> half_norms: array<f32>;
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read> state: State;
@group(0) @binding(5) var<storage, read_write> labels: array<u32>;
@group(0) @binding(6) var<storage, read_write> distances: array<f32>;
@group(0) @binding(7) var<storage, read_write> partials: array<AssignPartial>;
@group(0) @binding(8) var<uniform> chunk: Chunk;

override weighted: bool = false;
// Whether points in doubt are computed again.
override exact: bool = true;

const LARGEST = 3.4028234e38;
const UNIT_ROUNDOFF = 5.9604645e-8;
// What is lost below the least normal float may be more than roundings of what is left: 2^-124.
const UNDERFLOW = 4.7019774e-38;
// Columns that `assign` adds up before they join a distance.
const RUN = 16u;

// Points of the workgroup whose candidates are too close to call, in any order.
var<workgroup> doubtful: array<u32, TILE_ROWS>;
var<workgroup> doubtful_appended: atomic<u32>;
var<workgroup> doubtful_count: u32;

// The lesser of two results (best score, second best, label): the lower label of equals.
fn merge(a: vec4f, b: vec4f) -> vec4f {
  let second = min(max(a.x, b.x), min(a.y, b.y));
  let a_first = a.x < b.x || (a.x == b.x && a.z < b.z);
  return vec4f(min(a.x, b.x), second, select(b.z, a.z, a_first), 0.0);
}

// Merges what each run of `width` lanes holds in its slots; the run's first lane then has the result.
fn merge_runs(width: u32, lane: u32) {
  workgroupBarrier();
  for (var half = width / 2u; half > 0u; half /= 2u) {
    if (lane % width < half) {
      set_lane_slot(lane, merge(lane_slot(lane), lane_slot(lane + half)));
    }
    workgroupBarrier();
  }
}

// The part of a squared distance, and of the point's squared length, that a run of columns has.
fn direct_run(row: u32, k: u32, start: u32) -> vec2f {
  var run = vec2f();
  for (var j = start; j < min(start + RUN, chunk.columns); j++) {
    let value = point_value(row * chunk.columns + j);
    let difference = value - targets[k * chunk.columns + j];
    run = vec2f(fma(difference, difference, run.x), fma(value, value, run.y));
  }
  return run;
}

// Squared distance as `assign` sums it.
fn direct_distance(row: u32, k: u32) -> f32 {
  var total = 0.0;
  for (var start = 0u; start < chunk.columns; start += RUN) {
    total += direct_run(row, k, start).x;
  }
  return total;
}

// Nearest centroid of a row by all its distances, shared out among the workgroup; known to every lane.
fn nearest_directly(row: u32, lane: u32) -> vec4f {
  var found = vec4f(LARGEST, LARGEST, 0.0, 0.0);
  for (var k = lane; k < chunk.clusters; k += LANES) {
    found = merge(found, vec4f(direct_distance(row, k), LARGEST, f32(k), 0.0));
  }
  set_lane_slot(lane, found);
  merge_runs(LANES, lane);
  let nearest = lane_slot(0u);
  workgroupBarrier();
  return nearest;
}

// Distances of points to their candidates, and whose candidates are in doubt. Two threads share a point: each takes every
// other run of columns.
fn measure_candidates(first_row: u32, lane: u32) {
  let mine = lane / 2u;
  let row = first_row + mine;
  let found = row_slot(mine);
  var sums = vec2f();
  if (row < chunk.rows) {
    for (var start = lane % 2u * RUN; start < chunk.columns; start += 2u * RUN) {
      sums += direct_run(row, u32(found.z), start);
    }
  }
  set_lane_slot(lane, vec4f(sums, 0.0, 0.0));
  workgroupBarrier();
  if (lane % 2u == 0u) {
    let both = lane_slot(lane).xy + lane_slot(lane + 1u).xy;
    set_row_slot(mine, vec4f(both.x, 0.0, found.z, 0.0));
    let bound = score_bound(sqrt(both.y), sqrt(2.0 * half_norms[chunk.clusters]));
    // Not the other way around: what is not a number is in doubt.
    let sure = found.y - found.x > bound + UNDERFLOW * f32(chunk.columns + 34u) || chunk.clusters == 1u;
    if (exact && !sure && row < chunk.rows) {
      doubtful[atomicAdd(&doubtful_appended, 1u)] = mine;
    }
  }
  workgroupBarrier();
}

// Labels and distances of the workgroup's points, once their candidates are in the slots. All lanes together.
fn label_points(first_row: u32, lane: u32) {
  measure_candidates(first_row, lane);
  if (lane == 0u) {
    doubtful_count = atomicLoad(&doubtful_appended);
  }
  let count = workgroupUniformLoad(&doubtful_count);
  for (var i = 0u; i < count; i++) {
    let at = workgroupUniformLoad(&doubtful[i]);
    let nearest = nearest_directly(first_row + at, lane);
    if (lane == 0u) {
      set_row_slot(at, nearest);
    }
  }
  workgroupBarrier();
  let row = first_row + lane;
  var partial = vec2f();
  if (lane < TILE_ROWS && row < chunk.rows) {
    let at = chunk.first_row + row;
    let label = u32(row_slot(lane).z);
    let distance = row_slot(lane).x;
    partial = vec2f(distance, select(0.0, 1.0, state.forget != 0u || labels[at] != label));
    if (weighted) {
      partial.x *= weights[at];
    }
    labels[at] = label;
    distances[at] = distance;
  }
  set_lane_slot(lane, vec4f(partial, 0.0, 0.0));
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (lane % 64u < half) {
      set_lane_slot(lane, lane_slot(lane) + lane_slot(lane + half));
    }
    workgroupBarrier();
  }
  if (lane % 64u == 0u && row < chunk.rows && lane < TILE_ROWS) {
    partials[(chunk.first_row + row) / 64u] = AssignPartial(lane_slot(lane).x, u32(lane_slot(lane).y));
  }
}
