// Log-densities of a block of rows under components with full or tied covariance, weight included:
//   log w_k - D/2 log 2 pi + log det P_k - |P_k (x - m_k)|^2 / 2,
// P_k = L^-1 the lower triangular inverse of the covariance's Cholesky factor, row-major.
//
// One workgroup per 64 rows and component: a matrix product in tiles, 32 columns of the result at a time over
// 16 columns of x at a time. A thread holds 4 rows x 4 result columns in registers.
// Reads of points, P and m are coalesced; workgroup memory: 8 KiB.
// Differences x - m are taken before the product, so nothing cancels but what must; f32 sums of D terms.
// Results are held above -1e30, which keeps later sums finite however far a point lies out.

@group(0) @binding(1) var<storage, read> means: array<f32>;
@group(0) @binding(2) var<storage, read> factors: array<f32>;
@group(0) @binding(3) var<storage, read> coefficients: array<f32>;
@group(0) @binding(4) var<storage, read> state: State;
@group(0) @binding(5) var<storage, read_write> log_densities: array<f32>;
@group(0) @binding(6) var<uniform> block: Block;

const ROWS = 64u;
const RESULTS = 32u;
const INNER = 16u;
const THREADS = 128u;

var<workgroup> centred: array<vec4f, ROWS / 4u * INNER>;
var<workgroup> factor: array<vec4f, RESULTS / 4u * INNER>;
var<workgroup> squares: array<vec4f, THREADS>;

// Four rows of column `column`, less the mean.
fn centred_rows(row: u32, column: u32, component: u32) -> vec4f {
  var values = vec4f();
  if (column < block.columns) {
    let mean = means[component * block.columns + column];
    for (var r = 0u; r < 4u; r++) {
      if (row + r < block.rows) {
        values[r] = point_value((row + r) * block.columns + column) - mean;
      }
    }
  }
  return values;
}

// Column `column` of four rows of the factor, whose upper triangle is zero.
fn factor_rows(row: u32, column: u32, component: u32) -> vec4f {
  var values = vec4f();
  for (var r = 0u; r < 4u; r++) {
    if (row + r < block.columns && column <= row + r) {
      values[r] = factors[component * block.factor_stride + (row + r) * block.columns + column];
    }
  }
  return values;
}

@compute @workgroup_size(THREADS)
fn log_density_triangular(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  if (state.halted != 0u) {
    return;
  }
  let row_tiles = (block.rows + ROWS - 1u) / ROWS;
  let task = group.x + group.y * groups.x;
  let component = task / row_tiles;
  let first_row = (task % row_tiles) * ROWS;
  if (component >= block.components) {
    return;
  }
  let four_rows = thread / 8u;
  let four_results = thread % 8u;
  var sums = vec4f();
  for (var result = 0u; result < block.columns; result += RESULTS) {
    var y = mat4x4f();
    for (var inner = 0u; inner < min(result + RESULTS, block.columns); inner += INNER) {
      for (var i = thread; i < ROWS / 4u * INNER; i += THREADS) {
        centred[i] = centred_rows(first_row + i / INNER * 4u, inner + i % INNER, component);
      }
      factor[thread] = factor_rows(result + thread / INNER * 4u, inner + thread % INNER, component);
      workgroupBarrier();
      for (var i = 0u; i < INNER; i++) {
        let x = centred[four_rows * INNER + i];
        let p = factor[four_results * INNER + i];
        y[0] += x * p.x;
        y[1] += x * p.y;
        y[2] += x * p.z;
        y[3] += x * p.w;
      }
      workgroupBarrier();
    }
    sums += y[0] * y[0] + y[1] * y[1] + y[2] * y[2] + y[3] * y[3];
  }
  squares[thread] = sums;
  workgroupBarrier();
  if (thread < ROWS && first_row + thread < block.rows) {
    var distance = 0.0;
    for (var i = 0u; i < 8u; i++) {
      distance += squares[thread / 4u * 8u + i][thread % 4u];
    }
    log_densities[component * block.capacity + first_row + thread] =
      max(coefficients[component] - 0.5 * distance, -1e30);
  }
}
