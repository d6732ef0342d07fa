// Inverses P of Cholesky factors, P L = I: the precision factors that log-density-triangular reads.
//
// One thread per column c of a matrix, by forward substitution down the column:
//   P_cc = 1 / L_cc, P_ic = -(sum_{c <= l < i} L_il P_lc) / L_ii.
// Columns do not depend on each other, so there are no barriers. The double-float column is stored, transposed, in the unused
// upper triangle of the Cholesky factor's storage: row c, right of the diagonal.

@group(0) @binding(0) var<storage, read> state: State;
@group(0) @binding(1) var<storage, read_write> cholesky: array<vec2f>;
@group(0) @binding(2) var<storage, read_write> factors: array<f32>;
@group(0) @binding(3) var<uniform> model: Model;

const GROUP = 64u;

@compute @workgroup_size(GROUP)
fn invert_triangular(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let n = model.columns;
  let column_groups = (n + GROUP - 1u) / GROUP;
  let task = group.x + group.y * groups.x;
  let column = (task % column_groups) * GROUP + thread;
  let matrix = task / column_groups;
  if (state.halted != 0u || column >= n || matrix >= model.covariances) {
    return;
  }
  df_guard(model.guard);
  let base = matrix * n * n;
  let kept = base + column * n;
  let diagonal = df_divide(vec2f(1.0, 0.0), cholesky[kept + column]);
  factors[base + column * n + column] = diagonal.x;
  for (var i = column + 1u; i < n; i++) {
    let row = base + i * n;
    var sum = df_multiply(cholesky[row + column], diagonal);
    for (var l = column + 1u; l < i; l++) {
      sum = df_add(sum, df_multiply(cholesky[row + l], cholesky[kept + l]));
    }
    let value = df_divide(-sum, cholesky[row + i]);
    cholesky[kept + i] = value;
    factors[row + column] = value.x;
  }
}
