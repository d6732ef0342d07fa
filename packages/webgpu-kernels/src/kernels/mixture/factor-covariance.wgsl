// Cholesky factors L (C = L L^T) of packed covariances, and log |precision|^(1/2) = -sum_j log L_jj.
//
// One workgroup per matrix, column by column on a D x D storage matrix (row-major, lower triangle), so that only memory
// limits D: scale the column, then subtract its outer product from the rest, with 256 threads. Double-floats: the error of a
// pivot is a few D x 2^-47 of the variance, so matrices with condition numbers up to about 1e10 can be factored, as in
// float64. A pivot that is not positive (or is smaller than that error, or NaN) flags the matrix and is replaced by 1, so
// that the rest stays finite.

@group(0) @binding(0) var<storage, read> covariances: array<vec2f>;
@group(0) @binding(1) var<storage, read> state: State;
@group(0) @binding(2) var<storage, read_write> cholesky: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> log_determinants: array<f32>;
@group(0) @binding(4) var<storage, read_write> failures: array<u32>;
@group(0) @binding(5) var<uniform> model: Model;

const SIDE = 16u;
const THREADS = SIDE * SIDE;
// A pivot below this share of the variance is only rounding.
const PIVOT_FLOOR = 0x1p-40;

@compute @workgroup_size(THREADS)
fn factor_covariance(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let matrix = group.x + group.y * groups.x;
  if (state.halted != 0u || matrix >= model.covariances) {
    return;
  }
  df_guard(model.guard);
  let n = model.columns;
  let packed = matrix * (n * (n + 1u) / 2u);
  let base = matrix * n * n;
  let y = thread / SIDE;
  let x = thread % SIDE;
  for (var i = y; i < n; i += SIDE) {
    for (var j = x; j <= i; j += SIDE) {
      cholesky[base + i * n + j] = covariances[packed + i * (i + 1u) / 2u + j];
    }
  }
  var failed = false;
  var log_determinant = 0.0;
  for (var j = 0u; j < n; j++) {
    storageBarrier();
    let pivot = cholesky[base + j * n + j];
    let floor = covariances[packed + j * (j + 1u) / 2u + j].x * PIVOT_FLOOR;
    let usable = is_above(pivot.x, max(floor, 0.0));
    failed |= !usable;
    let root = df_sqrt(select(vec2f(1.0, 0.0), pivot, usable));
    log_determinant -= log(root.x);
    for (var i = j + 1u + thread; i < n; i += THREADS) {
      cholesky[base + i * n + j] = df_divide(cholesky[base + i * n + j], root);
    }
    storageBarrier();
    if (thread == 0u) {
      cholesky[base + j * n + j] = root;
    }
    for (var i = j + 1u + y; i < n; i += SIDE) {
      let row = cholesky[base + i * n + j];
      for (var k = j + 1u + x; k <= i; k += SIDE) {
        let at = base + i * n + k;
        cholesky[at] = df_subtract(cholesky[at], df_multiply(row, cholesky[base + k * n + j]));
      }
    }
  }
  if (thread == 0u) {
    log_determinants[matrix] = log_determinant;
    failures[matrix] = select(0u, 1u, failed);
  }
}
