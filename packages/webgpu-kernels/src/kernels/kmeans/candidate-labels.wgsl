// From candidates to labels. `score_bound` of a kernel is the least difference of two scores for which `assign` has the same
// order. If the second score is closer than that, or a score is NaN, both distances are computed as in `assign`; if the
// third is also closer, all distances are. So the labels are those of `assign`. Distances are always sums of (x - c)^2.
// Needs the module candidates, and a kernel whose candidates are in the slots. Workgroup memory: half a KiB.

override weighted: bool = false;
// Whether points in doubt are compared again by exact distances.
override exact: bool = true;

// Columns that `assign` adds up before it adds them to a distance.
const RUN = 16u;
// The loss of values below the least normal float may exceed the roundings of the rest: 2^-124.
const UNDERFLOW = 4.7019774e-38;
// Flags in place of a point's second score: the work that its candidates need.
const SURE = 0.0;
const BETWEEN_TWO = 1.0;

// Points of the workgroup with more than two candidates within the bound, in any order.
var<workgroup> doubtful: array<u32, TILE_ROWS>;
var<workgroup> doubtful_appended: atomic<u32>;
var<workgroup> doubtful_count: u32;

// The part of a squared distance, and of the point's squared length, from a run of columns.
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

// Nearest centroid of a row by all its distances, which the workgroup computes together; returned to every lane.
fn nearest_directly(row: u32, lane: u32) -> vec4f {
  var found = no_candidates();
  for (var k = lane; k < chunk.clusters; k += LANES) {
    found = insert(found, direct_distance(row, k), k);
  }
  set_lane_slot(lane, found);
  merge_runs(LANES, lane);
  let nearest = lane_slot(0u);
  workgroupBarrier();
  return nearest;
}

// Writes the distances of points to their candidates into the slots, and which points are in doubt. Two threads share a
// point: each takes every other run of columns.
fn measure_candidates(first_row: u32, lane: u32) {
  let mine = lane / 2u;
  let row = first_row + mine;
  let found = row_slot(mine);
  var sums = vec2f();
  if (row < chunk.rows) {
    for (var start = lane % 2u * RUN; start < chunk.columns; start += 2u * RUN) {
      sums += direct_run(row, first_label(found), start);
    }
  }
  set_lane_slot(lane, vec4f(sums, 0.0, 0.0));
  workgroupBarrier();
  if (lane % 2u == 0u) {
    let both = lane_slot(lane).xy + lane_slot(lane + 1u).xy;
    let norm = sqrt(2.0 * half_norms[chunk.clusters]);
    let bound = score_bound(sqrt(both.y), norm) + UNDERFLOW * f32(chunk.columns + 34u);
    // Not the opposite comparison, so that NaN is in doubt.
    let sure = !exact || row >= chunk.rows || chunk.clusters == 1u || found.y - found.x > bound;
    let between_two = chunk.clusters <= MAX_PAIRED && found.z - found.x > bound;
    if (!sure && !between_two) {
      doubtful[atomicAdd(&doubtful_appended, 1u)] = mine;
    }
    set_row_slot(mine, vec4f(both.x, select(SURE, BETWEEN_TWO, !sure && between_two), 0.0, found.w));
  }
  workgroupBarrier();
}

// Decides between two candidates; each point is decided by its own thread.
fn decide_between_two(first_row: u32, lane: u32) {
  let mine = lane / 2u;
  let found = row_slot(mine);
  let k = select(second_label(found), first_label(found), lane % 2u == 0u);
  if (found.y == BETWEEN_TWO) {
    set_lane_slot(lane, vec4f(direct_distance(first_row + mine, k), LARGEST, LARGEST, pack_labels(k, 0u)));
  }
  workgroupBarrier();
  if (found.y == BETWEEN_TWO && lane % 2u == 0u) {
    set_row_slot(mine, merge(lane_slot(lane), lane_slot(lane + 1u)));
  }
  workgroupBarrier();
}

// Labels and distances of the workgroup's points, after their candidates are in the slots. All lanes must call this
// together.
fn label_points(first_row: u32, lane: u32) {
  measure_candidates(first_row, lane);
  decide_between_two(first_row, lane);
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
    let label = first_label(row_slot(lane));
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
