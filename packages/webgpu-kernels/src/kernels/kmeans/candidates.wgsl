// Candidates of kernels that find the nearest centroids by products. The nearest centroid has the least score |c|^2 / 2 -
// x.c. A kernel writes into the slot of each of its TILE_ROWS points the three least scores and the labels of the first two;
// the module candidate-labels turns them into labels. Needs the modules points-*, tile and state.
//
// Workgroups are LANES x 1 x 1. A kernel has memory for TILE_ROWS + LANES vectors, its slots.

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

const LARGEST = 3.4028234e38;
const UNIT_ROUNDOFF = 5.9604645e-8;
// The most clusters for which two labels fit into one value of a slot.
const MAX_PAIRED = 4096u;

// Two labels in a number that is exact in a float; only the first if there are too many clusters for that.
fn pack_labels(first: u32, second: u32) -> f32 {
  return f32(select(first, first * MAX_PAIRED + second, chunk.clusters <= MAX_PAIRED));
}

fn first_label(candidates: vec4f) -> u32 {
  let labels = u32(candidates.w);
  return select(labels, labels / MAX_PAIRED, chunk.clusters <= MAX_PAIRED);
}

fn second_label(candidates: vec4f) -> u32 {
  return u32(candidates.w) % MAX_PAIRED;
}

// Candidates: the least score, the second, the third, the labels of the first two.
fn no_candidates() -> vec4f {
  return vec4f(LARGEST, LARGEST, LARGEST, 0.0);
}

// Adds a candidate; among equal scores the lower label comes first.
fn insert(found: vec4f, score: f32, k: u32) -> vec4f {
  if (score < found.x || (score == found.x && k < first_label(found))) {
    return vec4f(score, found.xy, pack_labels(k, first_label(found)));
  }
  if (score < found.y) {
    return vec4f(found.x, score, found.y, pack_labels(first_label(found), k));
  }
  return vec4f(found.xy, min(found.z, score), found.w);
}

fn merge(a: vec4f, b: vec4f) -> vec4f {
  let a_first = a.x < b.x || (a.x == b.x && first_label(a) < first_label(b));
  let one = select(b, a, a_first);
  let other = select(a, b, a_first);
  let other_second = other.x < one.y;
  let third = min(select(one.z, one.y, other_second), select(other.x, other.y, other_second));
  let second = select(second_label(one), first_label(other), other_second);
  return vec4f(one.x, min(one.y, other.x), third, pack_labels(first_label(one), second));
}

// Merges the candidates of each run of `width` lanes; the run's first slot then has the result.
fn merge_runs(width: u32, lane: u32) {
  workgroupBarrier();
  for (var half = width / 2u; half > 0u; half /= 2u) {
    if (lane % width < half) {
      set_lane_slot(lane, merge(lane_slot(lane), lane_slot(lane + half)));
    }
    workgroupBarrier();
  }
}
