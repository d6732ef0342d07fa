// Log-densities of a block of rows under components with diagonal or spherical covariance, weight included:
//   log w_k - D/2 log 2 pi + sum_j log p_kj - sum_j ((x_j - m_kj) p_kj)^2 / 2,
// p the inverse standard deviations (one per component when spherical).
//
// One workgroup per 16 rows x 16 components, one thread per pair, 16 columns at a time.
// Workgroup memory: 3 KiB. f32 sums of D terms.
// Results are held above -1e30, which keeps later sums finite however far a point lies out.

@group(0) @binding(1) var<storage, read> means: array<f32>;
@group(0) @binding(2) var<storage, read> factors: array<f32>;
@group(0) @binding(3) var<storage, read> coefficients: array<f32>;
@group(0) @binding(4) var<storage, read> state: State;
@group(0) @binding(5) var<storage, read_write> log_densities: array<f32>;
@group(0) @binding(6) var<uniform> block: Block;

const TILE = 16u;

var<workgroup> rows: array<array<f32, TILE>, TILE>;
var<workgroup> centres: array<array<f32, TILE>, TILE>;
var<workgroup> scales: array<array<f32, TILE>, TILE>;

@compute @workgroup_size(256)
fn log_density_diagonal(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  if (state.halted != 0u) {
    return;
  }
  let row_tiles = (block.rows + TILE - 1u) / TILE;
  let task = group.x + group.y * groups.x;
  let first_component = task / row_tiles * TILE;
  let first_row = (task % row_tiles) * TILE;
  if (first_component >= block.components) {
    return;
  }
  // Neighbouring threads load neighbouring columns, then finish neighbouring rows.
  let i = thread / TILE;
  let j = thread % TILE;
  var distance = 0.0;
  for (var first_column = 0u; first_column < block.columns; first_column += TILE) {
    let column = first_column + j;
    let row = first_row + i;
    let component = first_component + i;
    var value = 0.0;
    var centre = 0.0;
    var scale = 0.0;
    if (column < block.columns) {
      if (row < block.rows) {
        value = point_value(row * block.columns + column);
      }
      if (component < block.components) {
        centre = means[component * block.columns + column];
        let at = component * block.factor_stride;
        scale = factors[select(at + column, at, block.factor_stride == 1u)];
      }
    }
    rows[i][j] = value;
    centres[i][j] = centre;
    scales[i][j] = scale;
    workgroupBarrier();
    for (var c = 0u; c < TILE; c++) {
      let y = (rows[j][c] - centres[i][c]) * scales[i][c];
      distance += y * y;
    }
    workgroupBarrier();
  }
  let row = first_row + j;
  let component = first_component + i;
  if (row < block.rows && component < block.components) {
    log_densities[component * block.capacity + row] = max(coefficients[component] - 0.5 * distance, -1e30);
  }
}
