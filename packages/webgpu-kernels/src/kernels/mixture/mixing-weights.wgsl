// Mixing weights w_k = N_k / sum N, and the constant part of every log-density:
//   coefficient_k = log w_k + log |precision_k|^(1/2) - D/2 log 2 pi.
//
// One workgroup; each thread takes every 256th component. The sum is a fixed tree of double-floats.

@group(0) @binding(0) var<storage, read> moments: array<vec2f>;
@group(0) @binding(1) var<storage, read> log_determinants: array<f32>;
@group(0) @binding(2) var<storage, read> state: State;
@group(0) @binding(3) var<storage, read_write> mixing: array<f32>;
@group(0) @binding(4) var<storage, read_write> coefficients: array<f32>;
@group(0) @binding(5) var<uniform> model: Model;

const GROUP = 256u;
const HALF_LOG_2_PI = 0.918938533204672741780;

var<workgroup> sums: array<vec2f, GROUP>;

@compute @workgroup_size(GROUP)
fn mixing_weights(@builtin(local_invocation_index) thread: u32) {
  if (state.halted != 0u) {
    return;
  }
  df_guard(model.guard);
  let stride = 1u + 2u * model.columns;
  var sum = vec2f();
  for (var k = thread; k < model.components; k += GROUP) {
    sum = df_add(sum, safe_count(moments[k * stride]));
  }
  sums[thread] = sum;
  for (var half = GROUP / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) {
      sums[thread] = df_add(sums[thread], sums[thread + half]);
    }
  }
  workgroupBarrier();
  for (var k = thread; k < model.components; k += GROUP) {
    let weight = df_divide(safe_count(moments[k * stride]), sums[0]).x;
    let log_determinant = log_determinants[min(k, model.covariances - 1u)];
    mixing[k] = weight;
    coefficients[k] = log(weight) + (log_determinant - f32(model.columns) * HALF_LOG_2_PI);
  }
}
