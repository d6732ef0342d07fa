// Responsibilities of a block of rows under components with diagonal or spherical covariance, in one pass:
//   log-density_k = coefficient_k - sum_j ((x_j - m_kj) p_kj)^2 / 2, held above -1e30,
//   responsibility_k = exp(log-density_k - log sum_l exp(log-density_l)),
// p the inverse standard deviations (one per component when spherical). Needs the modules points-*, em-types, posterior.
//
// One workgroup of 64 threads: `lanes` of them share four rows, and each keeps the log-densities of those rows and of 4 x
// `groups` components in registers; more components are processed tile by tile. Points and components pass through workgroup
// memory DEPTH columns at a time, with four rows or components per vector: at most 8.2 and 4 KiB, and 1.5 KiB for sums. The
// running maximum and sum of exponentials and the last tile of log-densities stay in registers. Only with more tiles are
// log-densities written to `results` and read again.
//
// When `record` is set, `results` gets the rows' log-likelihoods instead, and `labels` the most responsible component (the
// lowest index on ties). The error of log-densities is (D + 4) 2^-24 of the squared distance, that of the sum of
// log-likelihoods 9 x 2^-24 of the sum of magnitudes.

// Threads that share four rows, and quads of components of a tile for each thread (1 to 4).
override lanes: u32 = 1u;
override groups: u32 = 4u;

const THREADS = 64u;
const DEPTH = 8u;
override row_lanes: u32 = THREADS / lanes;
// One more than row_lanes, so that neighboring columns, which neighboring threads write, are in different banks.
override row_stride: u32 = row_lanes + 1u;
override tile_quads: u32 = lanes * groups;

var<workgroup> rows_tile: array<vec4f, DEPTH * row_stride>;
var<workgroup> means_tile: array<vec4f, DEPTH * tile_quads>;
var<workgroup> factors_tile: array<vec4f, DEPTH * tile_quads>;
var<workgroup> found: array<Running, THREADS>;
var<workgroup> sums: array<f32, THREADS>;

fn load_tiles(first_row: u32, first_component: u32, start: u32, thread: u32) {
  let column = start + thread % DEPTH;
  for (var quad = thread / DEPTH; quad < row_lanes; quad += THREADS / DEPTH) {
    var values = vec4f();
    for (var r = 0u; r < 4u; r++) {
      let row = first_row + 4u * quad + r;
      if (row < block.rows && column < block.columns) {
        values[r] = point_value(row * block.columns + column);
      }
    }
    rows_tile[thread % DEPTH * row_stride + quad] = values;
  }
  for (var quad = thread / DEPTH; quad < tile_quads; quad += THREADS / DEPTH) {
    var mean = vec4f();
    var factor = vec4f();
    for (var c = 0u; c < 4u; c++) {
      let component = first_component + 4u * quad + c;
      if (component < block.components && column < block.columns) {
        let at = component * block.factor_stride;
        mean[c] = means[component * block.columns + column];
        factor[c] = factors[select(at + column, at, block.factor_stride == 1u)];
      }
    }
    means_tile[thread % DEPTH * tile_quads + quad] = mean;
    factors_tile[thread % DEPTH * tile_quads + quad] = factor;
  }
}

fn add_squares(total: mat4x4f, x: vec4f, at: u32) -> mat4x4f {
  let mean = means_tile[at];
  let factor = factors_tile[at];
  let a = (x - mean.x) * factor.x;
  let b = (x - mean.y) * factor.y;
  let c = (x - mean.z) * factor.z;
  let d = (x - mean.w) * factor.w;
  return mat4x4f(fma(a, a, total[0]), fma(b, b, total[1]), fma(c, c, total[2]), fma(d, d, total[3]));
}

// Squared distances of this thread's rows and components of a tile, four components to a matrix.
fn tile_squares(first_row: u32, first_component: u32, thread: u32) -> array<mat4x4f, 4> {
  let row_lane = thread % row_lanes;
  let quad = thread / row_lanes * groups;
  var squares = array<mat4x4f, 4>();
  for (var start = 0u; start < block.columns; start += DEPTH) {
    load_tiles(first_row, first_component, start, thread);
    workgroupBarrier();
    for (var d = 0u; d < min(DEPTH, block.columns - start); d++) {
      let x = rows_tile[d * row_stride + row_lane];
      let at = d * tile_quads + quad;
      squares[0] = add_squares(squares[0], x, at);
      if (groups > 1u) {
        squares[1] = add_squares(squares[1], x, at + 1u);
      }
      if (groups > 2u) {
        squares[2] = add_squares(squares[2], x, at + 2u);
      }
      if (groups > 3u) {
        squares[3] = add_squares(squares[3], x, at + 3u);
      }
    }
    workgroupBarrier();
  }
  return squares;
}

// Combines the results of the threads that share four rows, and returns them to all of these.
fn merge_lanes(running: Running, thread: u32) -> Running {
  if (lanes == 1u) {
    return running;
  }
  found[thread] = running;
  workgroupBarrier();
  let row_lane = thread % row_lanes;
  var total = found[row_lane];
  for (var lane = 1u; lane < lanes; lane++) {
    total = merge(total, found[lane * row_lanes + row_lane]);
  }
  return total;
}

@compute @workgroup_size(THREADS)
fn posterior_diagonal(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) grid: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let tile = group.x + group.y * grid.x;
  let first_row = tile * 4u * row_lanes;
  if (state.halted != 0u || first_row >= block.rows) {
    return;
  }
  let row = first_row + thread % row_lanes * 4u;
  let tile_components = 4u * tile_quads;
  let last = (block.components - 1u) / tile_components * tile_components;
  // This thread's first component of a tile.
  let mine = thread / row_lanes * groups * 4u;
  var running = Running(vec4f(ABSENT), vec4f(), vec4u());
  var densities = array<mat4x4f, 4>();
  for (var first = 0u; first <= last; first += tile_components) {
    densities = tile_squares(first_row, first, thread);
    for (var g = 0u; g < groups; g++) {
      let component = first + mine + 4u * g;
      densities[g] = log_densities(densities[g], component);
      running = take_four(running, densities[g], component);
      if (!record && first < last) {
        store(densities[g], component, row);
      }
    }
  }
  let total = merge_lanes(running, thread);
  if (!record) {
    for (var first = mine; first < last; first += tile_components) {
      for (var component = first; component < first + 4u * groups; component++) {
        let at = (component * block.capacity + row) / 4u;
        results[at] = responsibility(results[at], total);
      }
    }
    for (var g = 0u; g < groups; g++) {
      let value = densities[g];
      store(
        mat4x4f(
          responsibility(value[0], total),
          responsibility(value[1], total),
          responsibility(value[2], total),
          responsibility(value[3], total),
        ),
        last + mine + 4u * g,
        row,
      );
    }
  }
  sums[thread] = 0.0;
  if (thread < row_lanes) {
    sums[thread] = conclude_rows(total, row);
  }
  for (var half = row_lanes / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (thread < half) {
      sums[thread] += sums[thread + half];
    }
  }
  if (thread == 0u) {
    partials[block.first_partial + tile] = sums[0];
  }
}
