// Closes an assignment: adds up inertia and changed labels, counts clusters that received no weight, and
// records the iteration. An empty cluster halts the step here, before the centroids move.
// Needs the modules group-sum and state.
//
// A single workgroup of 256 threads; thread `lane` takes partials lane, lane + 256, ... in runs of 16.
// Order is fixed. The rounding error of the inertia is at most (16 + partials / 4096 + 8) * 2^-24.

struct Params {
  partials: u32,
  clusters: u32,
  // Elements per cluster in `sums`: the columns and, last, the weight.
  stride: u32,
  // 0 when `sums` are not those of this assignment, so that empty clusters cannot be told.
  has_sums: u32,
}

@group(0) @binding(0) var<storage, read> partials: array<AssignPartial>;
@group(0) @binding(1) var<storage, read> sums: array<f32>;
@group(0) @binding(2) var<storage, read_write> state: State;
@group(0) @binding(3) var<storage, read_write> history: array<Iteration>;
@group(0) @binding(4) var<uniform> params: Params;

var<workgroup> halted: u32;
var<workgroup> changed: atomic<u32>;
var<workgroup> empty: atomic<u32>;

@compute @workgroup_size(GROUP_LANES)
fn conclude_assignment(@builtin(local_invocation_index) lane: u32) {
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
      lane_empty += select(0u, 1u, sums[(k + 1u) * params.stride - 1u] == 0.0);
    }
  }
  // Whole numbers add up to the same in any order.
  atomicAdd(&changed, lane_changed);
  atomicAdd(&empty, lane_empty);
  let inertia = group_sum(total, lane);
  if (lane == 0u) {
    let found_empty = atomicLoad(&empty);
    history[state.ran] = Iteration(inertia, atomicLoad(&changed), 0.0, found_empty);
    state.forget = 0u;
    if (found_empty != 0u) {
      state.halted = 1u;
      state.ran += 1u;
    }
  }
}
