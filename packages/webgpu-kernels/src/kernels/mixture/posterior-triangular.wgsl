// Responsibilities of a block of rows under components with full or tied covariance, in one pass:
//   log-density_k = coefficient_k - |P_k (x - m_k)|^2 / 2, held above -1e30,
//   responsibility_k = exp(log-density_k - log sum_l exp(log-density_l)),
// P_k = L^-1 the lower triangular inverse of the covariance's Cholesky factor, row-major. Needs the modules points-*,
// em-types, posterior.
//
// One workgroup per 8 x `row_lanes` rows; components are processed one after another. Y = (X - 1 m^T) P^T is a product in
// tiles of at most 64 columns: a thread has 8 rows and 4 or 8 columns of Y in registers, reads two vectors of X and one or
// two of P for each column of X, and adds up its squares. Columns of X that are multiplied only by zeros of P are skipped:
// the product ends at the diagonal of the tile, and of each thread's columns. A thread with two quads of columns has one
// from the start and one from the end of the tile, so that all threads do the same work. Both factors pass through workgroup
// memory `inner` columns at a time: 8 KiB and up to 4 KiB, and the running sums of the rows take 48 bytes per four rows:
// 14.3 KiB at most.
//
// Log-densities are written to `results` and later replaced by responsibilities; when `record` is set, `results` gets the
// rows' log-likelihoods instead, and `labels` the most responsible component (the lowest index on ties). Differences x - m
// are computed before the product, which avoids cancellation; then f32 sums of D products, and of D squares. The error of
// the sum of log-likelihoods is 11 x 2^-24 of the sum of magnitudes.

// Threads that share eight rows, and the quads of Y's columns of a tile for each thread: 1 or 2.
override lanes: u32 = 8u;
override groups: u32 = 2u;
override row_lanes: u32 = 16u;
override inner: u32 = 16u;

override threads: u32 = lanes * row_lanes;
override row_quads: u32 = 2u * row_lanes;
override tile_quads: u32 = lanes * groups;

// Four rows, minus the mean, per vector; later the rows' sums of squares, with row_quads vectors for each lane.
var<workgroup> centered: array<vec4f, inner * row_quads>;
// Four rows of P per vector.
var<workgroup> factor: array<vec4f, inner * tile_quads>;
var<workgroup> running: array<Running, row_quads>;

fn load_tiles(first_row: u32, first_result: u32, start: u32, component: u32, thread: u32) {
  for (var i = thread; i < inner * row_quads; i += threads) {
    let column = start + i % inner;
    let row = first_row + i / inner * 4u;
    var values = vec4f();
    if (column < block.columns) {
      let mean = means[component * block.columns + column];
      for (var r = 0u; r < 4u; r++) {
        if (row + r < block.rows) {
          values[r] = point_value((row + r) * block.columns + column) - mean;
        }
      }
    }
    centered[i % inner * row_quads + i / inner] = values;
  }
  for (var i = thread; i < inner * tile_quads; i += threads) {
    let column = start + i % inner;
    let result = first_result + i / inner * 4u;
    var values = vec4f();
    for (var r = 0u; r < 4u; r++) {
      if (result + r < block.columns && column <= result + r) {
        values[r] = factors[component * block.factor_stride + (result + r) * block.columns + column];
      }
    }
    factor[i % inner * tile_quads + i / inner] = values;
  }
}

fn add_product(total: mat4x4f, x: vec4f, p: vec4f) -> mat4x4f {
  return mat4x4f(
    fma(x, vec4f(p.x), total[0]),
    fma(x, vec4f(p.y), total[1]),
    fma(x, vec4f(p.z), total[2]),
    fma(x, vec4f(p.w), total[3]),
  );
}

fn squares(y: mat4x4f) -> vec4f {
  return (y[0] * y[0] + y[1] * y[1]) + (y[2] * y[2] + y[3] * y[3]);
}

// Number of columns of X, from `start` on and at most `inner`, on which a quad of Y's columns depends.
fn reach(result: u32, start: u32) -> u32 {
  if (result >= block.columns) {
    return 0u;
  }
  return min(inner, min(result + 4u, block.columns) - min(start, min(result + 4u, block.columns)));
}

// Writes the rows' sums of squares into `centered`.
fn sum_squares(first_row: u32, component: u32, thread: u32) {
  let row_quad = thread % row_lanes;
  let lane = thread / row_lanes;
  let other = 2u * lanes - 1u - lane;
  var low = vec4f();
  var high = vec4f();
  for (var result = 0u; result < block.columns; result += 4u * tile_quads) {
    var a_low = mat4x4f();
    var a_high = mat4x4f();
    var b_low = mat4x4f();
    var b_high = mat4x4f();
    for (var start = 0u; start < min(result + 4u * tile_quads, block.columns); start += inner) {
      load_tiles(first_row, result, start, component, thread);
      workgroupBarrier();
      let middle = reach(result + 4u * lane, start);
      for (var i = 0u; i < middle; i++) {
        let x = centered[i * row_quads + row_quad];
        let y = centered[i * row_quads + row_lanes + row_quad];
        let p = factor[i * tile_quads + lane];
        a_low = add_product(a_low, x, p);
        a_high = add_product(a_high, y, p);
        if (groups > 1u) {
          let q = factor[i * tile_quads + other];
          b_low = add_product(b_low, x, q);
          b_high = add_product(b_high, y, q);
        }
      }
      if (groups > 1u) {
        for (var i = middle; i < reach(result + 4u * other, start); i++) {
          let q = factor[i * tile_quads + other];
          b_low = add_product(b_low, centered[i * row_quads + row_quad], q);
          b_high = add_product(b_high, centered[i * row_quads + row_lanes + row_quad], q);
        }
      }
      workgroupBarrier();
    }
    low += squares(a_low) + squares(b_low);
    high += squares(a_high) + squares(b_high);
  }
  centered[lane * row_quads + row_quad] = low;
  centered[lane * row_quads + row_lanes + row_quad] = high;
  workgroupBarrier();
}

@compute @workgroup_size(threads)
fn posterior_triangular(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let tile = group.x + group.y * grid.x;
  let first_row = tile * 4u * row_quads;
  if (state.halted != 0u || first_row >= block.rows) {
    return;
  }
  for (var quad = thread; quad < row_quads; quad += threads) {
    running[quad] = Running(vec4f(ABSENT), vec4f(), vec4u());
  }
  for (var component = 0u; component < block.components; component++) {
    sum_squares(first_row, component, thread);
    for (var quad = thread; quad < row_quads; quad += threads) {
      var distance = centered[quad];
      for (var lane = 1u; lane < lanes; lane++) {
        distance += centered[lane * row_quads + quad];
      }
      let density = log_density(distance, component);
      running[quad] = take_one(running[quad], density, component);
      if (!record) {
        results[(component * block.capacity + first_row) / 4u + quad] = density;
      }
    }
    workgroupBarrier();
  }
  for (var quad = thread; quad < row_quads; quad += threads) {
    let total = running[quad];
    for (var component = 0u; component < block.components && !record; component++) {
      let at = (component * block.capacity + first_row) / 4u + quad;
      results[at] = responsibility(results[at], total);
    }
    running[quad].sum.x = conclude_rows(total, first_row + 4u * quad);
  }
  for (var half = row_quads / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    for (var quad = thread; quad < half; quad += threads) {
      running[quad].sum.x += running[quad + half].sum.x;
    }
  }
  if (thread == 0u) {
    partials[block.first_partial + tile] = running[0].sum.x;
  }
}
