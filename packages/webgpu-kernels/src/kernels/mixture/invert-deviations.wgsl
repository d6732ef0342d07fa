// Precision factors of diagonal and spherical covariances: inverse standard deviations, and
// log |precision|^(1/2) of each component.
//
// One thread per component. A variance that is not a positive finite number is flagged.

@group(0) @binding(0) var<storage, read> covariances: array<vec2f>;
@group(0) @binding(1) var<storage, read> state: State;
@group(0) @binding(2) var<storage, read_write> factors: array<f32>;
@group(0) @binding(3) var<storage, read_write> log_determinants: array<f32>;
@group(0) @binding(4) var<storage, read_write> failures: array<u32>;
@group(0) @binding(5) var<uniform> model: Model;

const GROUP = 64u;

@compute @workgroup_size(GROUP)
fn invert_deviations(@builtin(global_invocation_id) id: vec3u) {
  let component = id.x;
  if (state.halted != 0u || component >= model.components) {
    return;
  }
  df_guard(model.guard);
  var failed = false;
  var log_determinant = 0.0;
  for (var i = 0u; i < model.variances; i++) {
    let element = component * model.variances + i;
    let variance = covariances[element];
    let usable = is_above(variance.x, 0.0);
    failed |= !usable;
    let deviation = df_sqrt(select(vec2f(1.0, 0.0), variance, usable));
    factors[element] = df_divide(vec2f(1.0, 0.0), deviation).x;
    log_determinant -= log(deviation.x);
  }
  log_determinants[component] = log_determinant * f32(model.columns / model.variances);
  failures[component] = select(0u, 1u, failed);
}
