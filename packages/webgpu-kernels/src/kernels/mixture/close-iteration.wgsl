// Ends an iteration: appends the lower bound (weighted mean log-likelihood) to the history, and halts the run when the bound
// moved by less than the tolerance or a covariance is not positive definite.
//
// One workgroup; each thread takes every 256th partial sum, then a fixed tree of double-floats.

@group(0) @binding(0) var<storage, read> partials: array<f32>;
@group(0) @binding(1) var<storage, read> failures: array<u32>;
@group(0) @binding(2) var<storage, read_write> state: State;
@group(0) @binding(3) var<storage, read_write> history: array<vec2f>;
@group(0) @binding(4) var<uniform> model: Model;

const GROUP = 256u;

var<workgroup> sums: array<vec2f, GROUP>;
var<workgroup> halted: u32;

@compute @workgroup_size(GROUP)
fn close_iteration(@builtin(local_invocation_index) thread: u32) {
  if (thread == 0u) {
    halted = state.halted;
  }
  if (workgroupUniformLoad(&halted) != 0u) {
    return;
  }
  df_guard(model.guard);
  var sum = vec2f();
  for (var i = thread; i < model.partials; i += GROUP) {
    sum = df_add(sum, vec2f(partials[i], 0.0));
  }
  sums[thread] = sum;
  for (var half = GROUP / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) {
      sums[thread] = df_add(sums[thread], sums[thread + half]);
    }
  }
  if (thread != 0u) {
    return;
  }
  let bound = df_divide(sums[0], model.total_weight);
  let change = abs(df_subtract(bound, state.previous).x);
  if (state.has_previous != 0u && change < model.tolerance) {
    state.halted = 1u;
  }
  for (var i = 0u; i < model.covariances && state.failure == 0u; i++) {
    if (failures[i] != 0u) {
      state.failure = i + 1u;
      state.halted = 1u;
    }
  }
  history[state.iterations] = bound;
  state.iterations += 1u;
  state.has_previous = 1u;
  state.previous = bound;
}
