// Log-densities of a block of rows under components with diagonal or spherical covariance, weight included:
//   log w_k - D/2 log 2 pi + sum_j log p_kj - sum_j ((x_j - m_kj) p_kj)^2 / 2,
// p the inverse standard deviations (one per component when spherical).
//
// One workgroup per 64 rows x 4 components, one thread per pair, 32 columns at a time: points are loaded once for
// four components. Workgroup memory: 9 KiB. f32 sums of D terms.
// Results are held above -1e30, which keeps later sums finite however far a point lies out.

@group(0) @binding(1) var<storage, read> means: array<f32>;
@group(0) @binding(2) var<storage, read> factors: array<f32>;
@group(0) @binding(3) var<storage, read> coefficients: array<f32>;
@group(0) @binding(4) var<storage, read> state: State;
@group(0) @binding(5) var<storage, read_write> log_densities: array<f32>;
@group(0) @binding(6) var<uniform> block: Block;

const ROWS = 64u;
const COMPONENTS = 4u;
const COLUMNS = 32u;
const THREADS = ROWS * COMPONENTS;

// By column, so that neighbouring threads read neighbouring rows.
var<workgroup> values: array<array<f32, ROWS>, COLUMNS>;
// Mean and precision factor.
var<workgroup> normals: array<array<vec2f, COLUMNS>, COMPONENTS>;

@compute @workgroup_size(THREADS)
fn log_density_diagonal(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  if (state.halted != 0u) {
    return;
  }
  let row_tiles = (block.rows + ROWS - 1u) / ROWS;
  let task = group.x + group.y * groups.x;
  let first_component = task / row_tiles * COMPONENTS;
  let first_row = (task % row_tiles) * ROWS;
  if (first_component >= block.components) {
    return;
  }
  var distance = 0.0;
  for (var first_column = 0u; first_column < block.columns; first_column += COLUMNS) {
    let columns = min(COLUMNS, block.columns - first_column);
    for (var i = thread; i < ROWS * columns; i += THREADS) {
      let row = first_row + i / columns;
      var value = 0.0;
      if (row < block.rows) {
        value = point_value(row * block.columns + first_column + i % columns);
      }
      values[i % columns][i / columns] = value;
    }
    for (var i = thread; i < COMPONENTS * columns; i += THREADS) {
      let component = first_component + i / columns;
      let column = first_column + i % columns;
      var normal = vec2f();
      if (component < block.components) {
        let at = component * block.factor_stride;
        normal = vec2f(
          means[component * block.columns + column],
          factors[select(at + column, at, block.factor_stride == 1u)],
        );
      }
      normals[i / columns][i % columns] = normal;
    }
    workgroupBarrier();
    for (var c = 0u; c < columns; c++) {
      let normal = normals[thread / ROWS][c];
      let y = (values[c][thread % ROWS] - normal.x) * normal.y;
      distance += y * y;
    }
    workgroupBarrier();
  }
  let row = first_row + thread % ROWS;
  let component = first_component + thread / ROWS;
  if (row < block.rows && component < block.components) {
    log_densities[component * block.capacity + row] = max(coefficients[component] - 0.5 * distance, -1e30);
  }
}
