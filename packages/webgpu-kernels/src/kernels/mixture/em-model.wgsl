// Shared by the kernels that complete an M-step. Put before them, after double-float.wgsl; packed in em-types.ts.
//
// Their input moments are double-floats, 1 + 2 D per component about its old mean: the weight N, then D first moments, then
// D second moments (see moments.wgsl).

// Parameters of the kernels that complete an M-step.
struct Model {
  columns: u32,
  components: u32,
  // Number of covariances: one per component, or 1 for all.
  covariances: u32,
  // Number of variances per component (columns, or 1 when spherical).
  variances: u32,
  // Number of sums of log-likelihoods.
  partials: u32,
  // Zero, but unknown to the compiler; see double-float.wgsl.
  guard: u32,
  // Added to the diagonals.
  reg_covar: vec2f,
  // Sum of the points' weights.
  total_weight: vec2f,
  // A run halts when the lower bound changes by less than this.
  tolerance: f32,
}

// Whether floor < value and value is finite, for floor >= 0. Tested on the bits, because WGSL lets compilers assume that no
// float is infinite or NaN.
fn is_above(value: f32, floor: f32) -> bool {
  let bits = bitcast<u32>(value);
  return bits > bitcast<u32>(floor) && bits < 0x7f800000u;
}

// The same guard against division by zero as scikit-learn's: 10 float64 epsilons.
fn safe_count(count: vec2f) -> vec2f {
  return df_add(count, vec2f(0x1.4p-49, 0.0));
}
