// Weighted moments of a block about the components' current means, added to a slot of totals per segment of rows:
//   N = sum r, first_j = sum r (x_j - m_j), cross_ij = sum r (x_i - m_i)(x_j - m_j), j <= i, r the weight x responsibility.
// N and first moments are stored as in `moments`, cross moments as lower triangles packed by rows: (i, j) at
// i (i + 1) / 2 + j. Needs the modules points-*, em-types, double-float, statistics.
//
// One workgroup per tile of a component's triangle, and segment. A thread has 4 x 4 results, or 8 x 8 when `wide` is set, in
// registers. When all columns fit one tile, only its lower triangle has threads; otherwise tiles below and on the diagonal
// are squares. `row_lanes` threads share results: each takes every `row_lanes`-th row. Rows pass through workgroup memory
// `tile_rows` at a time, both minus the mean and also times their share: 8 KiB.
//
// Sums of at most 64 rows are added to the thread's, and then those of the row lanes: with L row lanes the error of a
// segment is at most (67 + segment_rows / 64 + L) x 2^-24 of the sum of magnitudes. Segments are added to a slot as
// double-floats; see sum-slots.wgsl for the error of many segments.

@group(0) @binding(3) var<storage, read> means: array<f32>;
@group(0) @binding(4) var<storage, read> state: State;
@group(0) @binding(5) var<storage, read_write> totals: array<vec2f>;
@group(0) @binding(6) var<storage, read_write> cross_totals: array<vec2f>;
@group(0) @binding(7) var<uniform> block: Block;

override wide: bool = true;
// Whether there are several tiles, all of them squares.
override square: bool = true;
// Threads' results along a tile's side.
override side: u32 = 8u;
override row_lanes: u32 = 1u;
override tile_rows: u32 = 16u;

override quads: u32 = side * select(1u, 2u, wide);
override tile_lanes: u32 = select(side * (side + 1u) / 2u, side * side, square);
override threads: u32 = tile_lanes * row_lanes;
// Threads that load: whole rows of quads, so that each always has the same columns.
override loaders: u32 = threads / quads * quads;

const RUN = 64u;

// A row's quads of columns: when wide, even ones come first, so that neighboring threads read neighboring quads.
var<workgroup> left: array<vec4f, tile_rows * quads>;
var<workgroup> right: array<vec4f, tile_rows * quads>;
var<workgroup> parts: array<vec4f, threads>;

// The first moments of this thread's loads so far, and their shares.
var<private> loaded_first: vec4f;
var<private> loaded_count: f32;

// Four columns of a row, minus the mean.
fn centered(row: u32, column: u32, component: u32) -> vec4f {
  var values = vec4f();
  for (var c = 0u; c < 4u; c++) {
    if (row < block.rows && column + c < block.columns) {
      values[c] = point_value(row * block.columns + column + c) - means[component * block.columns + column + c];
    }
  }
  return values;
}

fn load_tiles(first_row: u32, left_column: u32, right_column: u32, component: u32, thread: u32) {
  if (thread >= loaders) {
    return;
  }
  let quad = thread % quads;
  let place = select(quad, quad % 2u * side + quad / 2u, wide);
  var first = vec4f();
  var count = 0.0;
  for (var r = thread / quads; r < tile_rows; r += loaders / quads) {
    let row = first_row + r;
    let part = share(row, component);
    let values = centered(row, right_column + 4u * quad, component);
    right[r * quads + place] = values;
    var shared_values = part * values;
    if (square && left_column != right_column) {
      shared_values = part * centered(row, left_column + 4u * quad, component);
    }
    left[r * quads + place] = shared_values;
    first += shared_values;
    count += part;
  }
  loaded_first += first;
  loaded_count += count;
}

fn add_product(total: mat4x4f, a: vec4f, b: vec4f) -> mat4x4f {
  return mat4x4f(
    fma(vec4f(a.x), b, total[0]),
    fma(vec4f(a.y), b, total[1]),
    fma(vec4f(a.z), b, total[2]),
    fma(vec4f(a.w), b, total[3]),
  );
}

// Adds up 4 x 4 results of all row lanes, and adds them to the slot. All threads must call this together.
fn conclude(value: mat4x4f, i: u32, j: u32, base: u32, thread: u32) {
  for (var a = 0u; a < 4u; a++) {
    workgroupBarrier();
    parts[thread] = value[a];
    workgroupBarrier();
    if (thread < tile_lanes && i + a < block.columns) {
      var sum = value[a];
      for (var lane = 1u; lane < row_lanes; lane++) {
        sum += parts[lane * tile_lanes + thread];
      }
      let at = base + (i + a) * (i + a + 1u) / 2u + j;
      for (var b = 0u; b < 4u && j + b <= i + a; b++) {
        cross_totals[at + b] = add_to_slot(cross_totals[at + b], sum[b]);
      }
    }
  }
}

// Adds up first moments, and N if the columns start at 0, and adds them to the slot. All threads must call this together.
fn conclude_first(column: u32, base: u32, thread: u32) {
  parts[thread] = loaded_first;
  left[thread].x = loaded_count;
  workgroupBarrier();
  if (thread < quads) {
    var sum = vec4f();
    var count = 0.0;
    for (var other = thread; other < loaders; other += quads) {
      sum += parts[other];
      count += left[other].x;
    }
    if (column + thread == 0u) {
      totals[base] = add_to_slot(totals[base], count);
    }
    for (var c = 0u; c < 4u && column + 4u * thread + c < block.columns; c++) {
      let at = base + 1u + column + 4u * thread + c;
      totals[at] = add_to_slot(totals[at], sum[c]);
    }
  }
}

// Row and column of an element of a lower triangle, packed by rows.
fn unpack(element: u32) -> vec2u {
  var at = vec2u(0u, element);
  while (at.y > at.x) {
    at.x++;
    at.y -= at.x;
  }
  return at;
}

@compute @workgroup_size(threads)
fn cross_moments(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let tiles = (block.columns + 4u * quads - 1u) / (4u * quads);
  let triangle = tiles * (tiles + 1u) / 2u;
  let task = group.x + group.y * groups.x;
  let component = task / triangle % block.components;
  let segment = task / (triangle * block.components);
  if (state.halted != 0u || segment >= block.segments) {
    return;
  }
  df_guard(block.guard);
  // First columns of the tile's rows and columns.
  let corner = unpack(task % triangle) * 4u * quads;
  let mine = select(unpack(thread % tile_lanes), vec2u(thread % tile_lanes / side, thread % tile_lanes % side), square);
  var total = array<mat4x4f, 4>();
  var run = array<mat4x4f, 4>();
  let start = segment * block.segment_rows;
  let end = min(start + block.segment_rows, block.rows);
  for (var first_row = start; first_row < end; first_row += tile_rows) {
    load_tiles(first_row, corner.x, corner.y, component, thread);
    workgroupBarrier();
    for (var r = thread / tile_lanes; r < tile_rows; r += row_lanes) {
      let a = left[r * quads + mine.x];
      let b = right[r * quads + mine.y];
      run[0] = add_product(run[0], a, b);
      if (wide) {
        let c = left[r * quads + side + mine.x];
        let d = right[r * quads + side + mine.y];
        run[1] = add_product(run[1], a, d);
        run[2] = add_product(run[2], c, b);
        run[3] = add_product(run[3], c, d);
      }
    }
    if ((first_row + tile_rows - start) % RUN == 0u || first_row + tile_rows >= end) {
      for (var m = 0u; m < select(1u, 4u, wide); m++) {
        total[m] += run[m];
        run[m] = mat4x4f();
      }
    }
    workgroupBarrier();
  }
  let size = block.columns * (block.columns + 1u) / 2u;
  let base = (segment * block.components + component) * size;
  let at = corner + select(4u, 8u, wide) * mine;
  conclude(total[0], at.x, at.y, base, thread);
  if (wide) {
    conclude(total[1], at.x, at.y + 4u, base, thread);
    conclude(total[2], at.x + 4u, at.y, base, thread);
    conclude(total[3], at.x + 4u, at.y + 4u, base, thread);
  }
  if (corner.x == corner.y) {
    workgroupBarrier();
    conclude_first(corner.x, (segment * block.components + component) * (1u + 2u * block.columns), thread);
  }
}
