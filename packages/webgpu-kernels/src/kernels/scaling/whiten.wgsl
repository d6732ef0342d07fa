// Whitens: output = (input - mean) * factors, a row vector times a columns x columns matrix. Needs the module
// fitted.
//
// One workgroup of 8 x 8 threads per tile of 8 rows and 8 columns, one thread per element; both operands pass through
// workgroup memory 8 at a time (512 bytes). Sums of 8 products are added to the total: the rounding error is at most (8 +
// columns / 8 + 1) * 2^-24 of the sum of magnitudes.

const TILE = 8u;

var<workgroup> centered: array<f32, TILE * TILE>;
var<workgroup> factor_tile: array<f32, TILE * TILE>;

@compute @workgroup_size(TILE, TILE)
fn whiten(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_id) local: vec3u,
) {
  let column_tiles = (params.columns + TILE - 1u) / TILE;
  let work = group.x + group.y * groups.x;
  let row = (work / column_tiles) * TILE + local.y;
  let column = (work % column_tiles) * TILE + local.x;
  var total = 0.0;
  for (var start = 0u; start < params.columns; start += TILE) {
    let j = start + local.x;
    var value = 0.0;
    if (row < params.rows && j < params.columns) {
      value = input[row * params.columns + j] - mean[j];
    }
    centered[local.y * TILE + local.x] = value;
    let i = start + local.y;
    var factor = 0.0;
    if (i < params.columns && column < params.columns) {
      factor = factors[i * params.columns + column];
    }
    factor_tile[local.y * TILE + local.x] = factor;
    workgroupBarrier();
    var run = 0.0;
    for (var d = 0u; d < TILE; d++) {
      run = fma(centered[local.y * TILE + d], factor_tile[d * TILE + local.x], run);
    }
    total += run;
    workgroupBarrier();
  }
  if (row < params.rows && column < params.columns) {
    output[row * params.columns + column] = total;
  }
}
