// Labels points as `assign-tiled` does, with products by the device's matrix unit: subgroup matrices of half floats, whose
// sums are float32. With SPLIT, values are two halves, high + low, and products high high + high low + low high.
// Needs shader-f16, subgroups, chromium-experimental-subgroup-matrix, the constants of `matrixModule` (sizes of matrices,
// how many there are) and the modules points-*, tile, state, candidates, candidate-labels, halves-* and halves.
//
// One workgroup of 256 threads per 128 points. Tiles of 128 points and 64 centroids pass through workgroup memory DEPTH
// columns at a time, rows padded by 16 bytes. WORKERS subgroups each have a block of the products in registers. If subgroups
// are smaller than the adapter's maximum, there are more of them, and the others only load. A block is passed on through
// workgroup memory, one matrix per worker at a time; then a few threads share a row of products, for the whole tile, and
// keep the least scores. Workgroup memory: `matrixMemory`.
//
// The bound is that of the module halves. With SPLIT, the error of a value is 2^-22 of itself, and the missing product low
// low is 2^-22 of the product. A matrix unit adds in an unknown order, and may truncate bits that it shifts out: 2^-22 of
// the magnitudes for each of D terms, 3 D when split.

const BLOCK_ROWS = TILE_ROWS / WORKER_ROWS;
const BLOCK_TARGETS = TILE_TARGETS / WORKER_COLUMNS;
const DOWN = BLOCK_ROWS / MATRIX_M;
const ACROSS = BLOCK_TARGETS / MATRIX_N;
const WORKERS = WORKER_ROWS * WORKER_COLUMNS;
const STRIDE = DEPTH + 8u;
// The part that is passed on at a time: rows and targets, and the threads that share a row of it.
const SHOWN_ROWS = WORKER_ROWS * MATRIX_M;
const SHOWN_TARGETS = WORKER_COLUMNS * MATRIX_N;
const ROW_LANES = LANES / SHOWN_ROWS;

// A little above 2^-11 per rounded vector; with SPLIT, a little above the four errors of 2^-22.
const QUANTUM = select(select(9.9e-4, 4.95e-4, POINTS_ARE_HALVES), 9.7e-7, SPLIT);
const ADDITIONS = select(1.0, 3.0, SPLIT);
const POINTS_ARE_SPLIT = SPLIT && !POINTS_ARE_HALVES;
const POINTS_LOW = TILE_ROWS * STRIDE;
const TARGETS_LOW = TILE_TARGETS * STRIDE;

alias Left = subgroup_matrix_left<f16, MATRIX_K, MATRIX_M>;
alias Right = subgroup_matrix_right<f16, MATRIX_N, MATRIX_K>;
alias Sums = array<array<subgroup_matrix_result<f32, MATRIX_N, MATRIX_M>, ACROSS>, DOWN>;

// Rows of points and of centroids; with SPLIT, the low halves follow all the high ones.
var<workgroup> points_tile: array<f16, TILE_ROWS * STRIDE * select(1u, 2u, POINTS_ARE_SPLIT)>;
var<workgroup> targets_tile: array<f16, TILE_TARGETS * STRIDE * select(1u, 2u, SPLIT)>;
// Matrices of products, one for each worker; afterwards the slots.
var<workgroup> shown: array<f32, max(SHOWN_ROWS * SHOWN_TARGETS, 4u * (TILE_ROWS + LANES))>;

fn lane_slot(i: u32) -> vec4f {
  return vec4f(shown[4u * i], shown[4u * i + 1u], shown[4u * i + 2u], shown[4u * i + 3u]);
}

fn set_lane_slot(i: u32, value: vec4f) {
  for (var j = 0u; j < 4u; j++) {
    shown[4u * i + j] = value[j];
  }
}

// The rows' slots come after those of the lanes.
fn row_slot(i: u32) -> vec4f {
  return lane_slot(LANES + i);
}

fn set_row_slot(i: u32, value: vec4f) {
  set_lane_slot(LANES + i, value);
}

// A thread loads four rows of a column, so that neighboring threads read neighboring values.
fn load_operands(tile: Tile, start: u32, lane: u32) {
  for (var i = lane; i < TILE_ROWS / 4u * DEPTH; i += LANES) {
    let d = i % DEPTH;
    let row = i / DEPTH * 4u;
    let values = stored_quad(tile.row + row, start + d, tile);
    let high = leading_bits(values);
    let low = leading_bits(values - high);
    for (var r = 0u; r < 4u; r++) {
      points_tile[(row + r) * STRIDE + d] = f16(high[r]);
      if (POINTS_ARE_SPLIT) {
        points_tile[POINTS_LOW + (row + r) * STRIDE + d] = f16(low[r]);
      }
    }
  }
  for (var i = lane; i < TILE_TARGETS * DEPTH; i += LANES) {
    let d = i % DEPTH;
    let k = i / DEPTH;
    let value = vec4f(tile_target(tile.first + k, start + d, tile) * targets_power);
    let high = leading_bits(value);
    targets_tile[k * STRIDE + d] = f16(high.x);
    if (SPLIT) {
      targets_tile[TARGETS_LOW + k * STRIDE + d] = f16(leading_bits(value - high).x);
    }
  }
}

// Adds the products of the data in workgroup memory to a worker's block.
fn multiply(sums: ptr<function, Sums>, worker: u32) {
  let row = worker / WORKER_COLUMNS * BLOCK_ROWS;
  let column = worker % WORKER_COLUMNS * BLOCK_TARGETS;
  for (var k = 0u; k < DEPTH; k += MATRIX_K) {
    for (var j = 0u; j < ACROSS; j++) {
      let right_at = (column + j * MATRIX_N) * STRIDE + k;
      let right = subgroupMatrixLoad<Right, col_major>(&targets_tile, right_at, STRIDE);
      for (var i = 0u; i < DOWN; i++) {
        let left_at = (row + i * MATRIX_M) * STRIDE + k;
        let left = subgroupMatrixLoad<Left, row_major>(&points_tile, left_at, STRIDE);
        (*sums)[i][j] = subgroupMatrixMultiplyAccumulate(left, right, (*sums)[i][j]);
        if (SPLIT) {
          let right_low = subgroupMatrixLoad<Right, col_major>(&targets_tile, TARGETS_LOW + right_at, STRIDE);
          (*sums)[i][j] = subgroupMatrixMultiplyAccumulate(left, right_low, (*sums)[i][j]);
        }
        if (POINTS_ARE_SPLIT) {
          let left_low = subgroupMatrixLoad<Left, row_major>(&points_tile, POINTS_LOW + left_at, STRIDE);
          (*sums)[i][j] = subgroupMatrixMultiplyAccumulate(left_low, right, (*sums)[i][j]);
        }
      }
    }
  }
}

// Writes the candidates of the points from `first_row` on into the rows' slots. All lanes must call this together.
fn find_candidates(first_row: u32, lane: u32, worker: u32) {
  var found: array<vec4f, DOWN>;
  for (var i = 0u; i < DOWN; i++) {
    found[i] = no_candidates();
  }
  let shown_row = lane / ROW_LANES;
  for (var first = 0u; first < chunk.clusters; first += TILE_TARGETS) {
    let tile = Tile(first_row, chunk.rows, chunk.columns, first, chunk.clusters);
    var sums = Sums();
    for (var start = 0u; start < chunk.columns; start += DEPTH) {
      load_operands(tile, start, lane);
      workgroupBarrier();
      if (worker < WORKERS) {
        multiply(&sums, worker);
      }
      workgroupBarrier();
    }
    for (var i = 0u; i < DOWN; i++) {
      for (var j = 0u; j < ACROSS; j++) {
        if (worker < WORKERS) {
          let at = worker / WORKER_COLUMNS * MATRIX_M * SHOWN_TARGETS + worker % WORKER_COLUMNS * MATRIX_N;
          subgroupMatrixStore<row_major>(&shown, at, sums[i][j], SHOWN_TARGETS);
        }
        workgroupBarrier();
        for (var c = lane % ROW_LANES; c < SHOWN_TARGETS; c += ROW_LANES) {
          let k = first + c / MATRIX_N * BLOCK_TARGETS + j * MATRIX_N + c % MATRIX_N;
          if (k < chunk.clusters) {
            found[i] = insert(found[i], score(half_norms[k], shown[shown_row * SHOWN_TARGETS + c]), k);
          }
        }
        workgroupBarrier();
      }
    }
  }
  for (var i = 0u; i < DOWN; i++) {
    set_lane_slot(lane, found[i]);
    merge_runs(ROW_LANES, lane);
    if (lane % ROW_LANES == 0u) {
      set_row_slot(shown_row / MATRIX_M * BLOCK_ROWS + i * MATRIX_M + shown_row % MATRIX_M, lane_slot(lane));
    }
    workgroupBarrier();
  }
}

@compute @workgroup_size(LANES)
fn assign_matrix(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
  @builtin(subgroup_id) worker: u32,
) {
  let tile = group.x + group.y * groups.x;
  if (state.halted != 0u || tile * TILE_ROWS >= chunk.rows) {
    return;
  }
  prepare_halves();
  find_candidates(tile * TILE_ROWS, lane, worker);
  label_points(tile * TILE_ROWS, lane);
}
