// Closes an iteration: adds up the centroids' movements and halts the step when no label changed or the
// movement is within the tolerance. Needs the modules group-sum and state.
//
// A single workgroup of 256 threads; thread `lane` takes clusters lane, lane + 256, ... in a fixed order.
// Relative error of the sum at most (clusters / 256 + 8) * 2^-24.

struct Params {
  clusters: u32,
}

@group(0) @binding(0) var<storage, read> shifts: array<f32>;
@group(0) @binding(1) var<storage, read_write> state: State;
@group(0) @binding(2) var<storage, read_write> history: array<Iteration>;
@group(0) @binding(3) var<uniform> params: Params;

@compute @workgroup_size(GROUP_LANES)
fn conclude_iteration(@builtin(local_invocation_index) lane: u32) {
  var movement = 0.0;
  for (var k = lane; k < params.clusters; k += GROUP_LANES) {
    movement += shifts[k];
  }
  let shift = group_sum(movement, lane);
  if (lane == 0u && state.halted == 0u) {
    history[state.ran].shift = shift;
    if (history[state.ran].changed == 0u || shift <= state.tolerance) {
      state.halted = 1u;
    }
    state.ran += 1u;
  }
}
