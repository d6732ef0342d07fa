// Ends an iteration: adds up inertia and changed labels. If a cluster has no weight, it halts before any centroid moves;
// otherwise it moves the centroids to the weighted means of their points, rescaled to unit length if asked, and halts when
// no label changed or the squared movement is within the tolerance. Needs the modules group-sum and state.
//
// A single workgroup of 256 threads: this takes a few operations per value of the sums, and another dispatch would cost as
// much. Thread `lane` takes partial results lane, lane + 256, ... in runs of 16; then 32 threads take a cluster, and eight
// clusters are moved at a time. A mean of length 0 has no direction, so that centroid does not move. The order of sums is
// fixed. Rounding errors: inertia (16 + partials / 4096 + 8) * 2^-24, movement (columns / 32 + clusters / 8 + 10) * 2^-24.

struct Params {
  partials: u32,
  clusters: u32,
  columns: u32,
  // Not 0 to rescale centroids to unit length.
  unit: u32,
  // 0 when `sums` are not those of this assignment, which is then only recorded.
  has_sums: u32,
  // Not 0 to update `half_norms`, for kernels that assign by products.
  norms: u32,
}

@group(0) @binding(0) var<storage, read> partials: array<AssignPartial>;
@group(0) @binding(1) var<storage, read> sums: array<f32>;
@group(0) @binding(2) var<storage, read_write> state: State;
@group(0) @binding(3) var<storage, read_write> history: array<Iteration>;
@group(0) @binding(4) var<storage, read_write> centroids: array<f32>;
// Half the squared length of each centroid and, last, the largest of them.
@group(0) @binding(5) var<storage, read_write> half_norms: array<f32>;
@group(0) @binding(6) var<uniform> params: Params;

const CLUSTER_LANES = 32u;
const CLUSTERS_AT_ONCE = GROUP_LANES / CLUSTER_LANES;

var<workgroup> halted: u32;
var<workgroup> changed: atomic<u32>;
var<workgroup> empty: atomic<u32>;
var<workgroup> moves: u32;
var<workgroup> squares: array<f32, GROUP_LANES>;

// The sum over the 32 threads of a cluster, returned to all of them.
fn cluster_sum(value: f32, lane: u32) -> f32 {
  squares[lane] = value;
  workgroupBarrier();
  for (var half = CLUSTER_LANES / 2u; half > 0u; half /= 2u) {
    if (lane % CLUSTER_LANES < half) {
      squares[lane] += squares[lane + half];
    }
    workgroupBarrier();
  }
  let sum = squares[lane - lane % CLUSTER_LANES];
  workgroupBarrier();
  return sum;
}

// This thread's share of the squared movement.
fn move_centroids(lane: u32) -> f32 {
  var movement = 0.0;
  var largest = 0.0;
  for (var first = 0u; first < params.clusters; first += CLUSTERS_AT_ONCE) {
    let k = first + lane / CLUSTER_LANES;
    let base = k * (params.columns + 1u);
    // Threads past the last cluster take part in the sums with zeros.
    let end = select(0u, params.columns, k < params.clusters);
    var weight = 1.0;
    if (k < params.clusters) {
      weight = sums[base + params.columns];
    }
    var norm = 1.0;
    if (params.unit != 0u) {
      var square = 0.0;
      for (var j = lane % CLUSTER_LANES; j < end; j += CLUSTER_LANES) {
        let mean = sums[base + j] / weight;
        square = fma(mean, mean, square);
      }
      norm = sqrt(cluster_sum(square, lane));
    }
    var run = 0.0;
    var square = 0.0;
    for (var j = lane % CLUSTER_LANES; j < end; j += CLUSTER_LANES) {
      let before = centroids[k * params.columns + j];
      let moved = select(sums[base + j] / weight / norm, before, norm == 0.0);
      let difference = moved - before;
      run = fma(difference, difference, run);
      square = fma(moved, moved, square);
      centroids[k * params.columns + j] = moved;
    }
    movement += run;
    if (params.norms != 0u) {
      let half_norm = 0.5 * cluster_sum(square, lane);
      largest = max(largest, half_norm);
      if (lane % CLUSTER_LANES == 0u && k < params.clusters) {
        half_norms[k] = half_norm;
      }
    }
  }
  if (params.norms != 0u) {
    squares[lane] = largest;
    workgroupBarrier();
    if (lane == 0u) {
      for (var i = CLUSTER_LANES; i < GROUP_LANES; i += CLUSTER_LANES) {
        largest = max(largest, squares[i]);
      }
      half_norms[params.clusters] = largest;
    }
  }
  return movement;
}

@compute @workgroup_size(GROUP_LANES)
fn conclude(@builtin(local_invocation_index) lane: u32) {
  if (lane == 0u) {
    halted = state.halted;
  }
  if (workgroupUniformLoad(&halted) != 0u) {
    return;
  }
  var total = 0.0;
  var lane_changed = 0u;
  for (var start = lane; start < params.partials; start += GROUP_LANES * RUN) {
    var run = 0.0;
    let end = min(start + GROUP_LANES * RUN, params.partials);
    for (var i = start; i < end; i += GROUP_LANES) {
      run += partials[i].inertia;
      lane_changed += partials[i].changed;
    }
    total += run;
  }
  var lane_empty = 0u;
  if (params.has_sums != 0u) {
    for (var k = lane; k < params.clusters; k += GROUP_LANES) {
      lane_empty += select(0u, 1u, sums[(k + 1u) * (params.columns + 1u) - 1u] == 0.0);
    }
  }
  // Sums of whole numbers do not depend on their order.
  atomicAdd(&changed, lane_changed);
  atomicAdd(&empty, lane_empty);
  let inertia = group_sum(total, lane);
  if (lane == 0u) {
    moves = select(0u, 1u, params.has_sums != 0u && atomicLoad(&empty) == 0u);
  }
  var shift = 0.0;
  let all_move = workgroupUniformLoad(&moves) != 0u;
  if (all_move) {
    shift = group_sum(move_centroids(lane), lane);
  }
  if (lane == 0u) {
    let all_changed = atomicLoad(&changed);
    let found_empty = atomicLoad(&empty);
    history[state.ran] = Iteration(inertia, all_changed, shift, found_empty);
    state.forget = 0u;
    if (params.has_sums != 0u) {
      state.ran += 1u;
      let converged = all_changed == 0u || shift <= state.tolerance;
      state.halted = select(0u, 1u, !all_move || converged);
    }
  }
}
