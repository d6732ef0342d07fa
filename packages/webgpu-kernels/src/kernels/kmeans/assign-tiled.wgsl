// Labels points as `assign` does, by products: |x - c|^2 is least where |c|^2 / 2 - x.c is, which takes one operation
// per value instead of two. Products cancel, so they only find candidates: where the two best are closer than rounding
// could account for, all distances of the point are computed again as `assign` computes them, and so labels are its own.
// Needs the modules points-*, state and tiled-products.
//
// One workgroup of 256 threads per 128 points; centroids pass 64 at a time. A thread keeps the products of 8 points and
// 4 centroids, and the two least scores of its 8 points. Workgroup memory: the 12.5 KiB of tiled-products and half a KiB.
//
// Why labels are right. With u = 2^-24, X = |x| and C = the largest |c|, a score's error is at most
// u ((D + 1) X C + (D / 32 + 12) C^2 / 2), and half a distance of `assign` errs by at most u (D / 16 + 18) (X + C)^2 / 2.
// Twice both, for two scores, is below 2 u (D + 34) (X + C)^2. Candidates further apart are apart for `assign`, too;
// closer ones, and scores that are not numbers, are left to `nearest_directly`, with its rounding and its rule for ties.

@group(0) @binding(2) var<storage, read> half_norms: array<f32>;
@group(0) @binding(3) var<storage, read> weights: array<f32>;
@group(0) @binding(4) var<storage, read> state: State;
@group(0) @binding(5) var<storage, read_write> labels: array<u32>;
@group(0) @binding(6) var<storage, read_write> distances: array<f32>;
@group(0) @binding(7) var<storage, read_write> partials: array<AssignPartial>;
@group(0) @binding(8) var<uniform> chunk: Chunk;

override weighted: bool = false;

const LARGEST = 3.4028234e38;
const UNIT_ROUNDOFF = 5.9604645e-8;

// Points of the workgroup whose candidates are too close to call, in any order.
var<workgroup> doubtful: array<u32, TILE_ROWS>;
var<workgroup> doubtful_appended: atomic<u32>;
var<workgroup> doubtful_count: u32;

// The lesser of two results (best score, second best, label): the lower label of equals.
fn merge(a: vec4f, b: vec4f) -> vec4f {
  let second = min(max(a.x, b.x), min(a.y, b.y));
  let a_first = a.x < b.x || (a.x == b.x && a.z < b.z);
  return vec4f(min(a.x, b.x), second, select(b.z, a.z, a_first), 0.0);
}

// Merges what each run of `width` lanes holds in `targets_tile`; the run's first lane then has the result.
fn merge_runs(width: u32, lane: u32) {
  workgroupBarrier();
  for (var half = width / 2u; half > 0u; half /= 2u) {
    if (lane % width < half) {
      targets_tile[lane] = merge(targets_tile[lane], targets_tile[lane + half]);
    }
    workgroupBarrier();
  }
}

// The part of a squared distance that a run of 16 columns has.
fn direct_run(row: u32, k: u32, start: u32) -> f32 {
  var run = 0.0;
  for (var j = start; j < min(start + DEPTH, chunk.columns); j++) {
    let difference = point_value(row * chunk.columns + j) - targets[k * chunk.columns + j];
    run = fma(difference, difference, run);
  }
  return run;
}

// Squared distance as `assign` sums it.
fn direct_distance(row: u32, k: u32) -> f32 {
  var total = 0.0;
  for (var start = 0u; start < chunk.columns; start += DEPTH) {
    total += direct_run(row, k, start);
  }
  return total;
}

// Nearest centroid of a row by all its distances, shared out among the workgroup; known to every lane.
fn nearest_directly(row: u32, lane: u32) -> vec4f {
  var found = vec4f(LARGEST, LARGEST, 0.0, 0.0);
  for (var k = lane; k < chunk.clusters; k += LANES) {
    found = merge(found, vec4f(direct_distance(row, k), LARGEST, f32(k), 0.0));
  }
  targets_tile[lane] = found;
  merge_runs(LANES, lane);
  let nearest = targets_tile[0];
  workgroupBarrier();
  return nearest;
}

// Leaves (distance, -, label) of the workgroup's points in points_tile[0 .. TILE_ROWS].
fn find_nearest(first_row: u32, lane: u32) {
  var best = array<f32, 8>(LARGEST, LARGEST, LARGEST, LARGEST, LARGEST, LARGEST, LARGEST, LARGEST);
  var second = best;
  var label = array<u32, 8>();
  for (var first = 0u; first < chunk.clusters; first += TILE_TARGETS) {
    tile_products(Tile(first_row, chunk.rows, chunk.columns, first, chunk.clusters), lane);
    for (var c = 0u; c < 4u; c++) {
      let k = first + (lane % TARGET_LANES) * 4u + c;
      if (k < chunk.clusters) {
        let half_norm = half_norms[k];
        for (var i = 0u; i < 8u; i++) {
          let score = half_norm - products[i][c];
          second[i] = min(second[i], max(best[i], score));
          if (score < best[i]) {
            best[i] = score;
            label[i] = k;
          }
        }
      }
    }
  }
  let square = tile_squares(lane);
  workgroupBarrier();
  for (var i = 0u; i < 8u; i++) {
    targets_tile[lane] = vec4f(best[i], second[i], f32(label[i]), 0.0);
    merge_runs(TARGET_LANES, lane);
    if (lane % TARGET_LANES == 0u) {
      points_tile[lane / TARGET_LANES * 8u + i] = targets_tile[lane];
    }
    workgroupBarrier();
  }
  if (lane < TILE_ROWS && first_row + lane < chunk.rows) {
    let found = points_tile[lane];
    let reach = sqrt(square) + sqrt(2.0 * half_norms[chunk.clusters]);
    let bound = 2.0 * UNIT_ROUNDOFF * f32(chunk.columns + 34u) * reach * reach;
    // Not the other way around: what is not a number is in doubt.
    let sure = found.y - found.x > bound || chunk.clusters == 1u;
    if (!sure) {
      doubtful[atomicAdd(&doubtful_appended, 1u)] = lane;
    }
  }
  workgroupBarrier();
  if (lane == 0u) {
    doubtful_count = atomicLoad(&doubtful_appended);
  }
  resolve(first_row, lane);
}

// Distances of the points whose label is sure, and labels of the others.
fn resolve(first_row: u32, lane: u32) {
  // Two threads share a point: each takes every other run of columns.
  let mine = lane / 2u;
  let row = first_row + mine;
  var sum = 0.0;
  if (row < chunk.rows) {
    let k = u32(points_tile[mine].z);
    for (var start = lane % 2u * DEPTH; start < chunk.columns; start += 2u * DEPTH) {
      sum += direct_run(row, k, start);
    }
  }
  targets_tile[lane].x = sum;
  workgroupBarrier();
  if (lane % 2u == 0u) {
    points_tile[mine].x = targets_tile[lane].x + targets_tile[lane + 1u].x;
  }
  let count = workgroupUniformLoad(&doubtful_count);
  for (var i = 0u; i < count; i++) {
    let at = workgroupUniformLoad(&doubtful[i]);
    let nearest = nearest_directly(first_row + at, lane);
    if (lane == 0u) {
      points_tile[at] = nearest;
    }
  }
  workgroupBarrier();
}

@compute @workgroup_size(LANES)
fn assign_tiled(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let tile = group.x + group.y * groups.x;
  if (state.halted != 0u || tile * TILE_ROWS >= chunk.rows) {
    return;
  }
  find_nearest(tile * TILE_ROWS, lane);
  let row = tile * TILE_ROWS + lane;
  var partial = vec2f();
  if (lane < TILE_ROWS && row < chunk.rows) {
    let at = chunk.first_row + row;
    let label = u32(points_tile[lane].z);
    let distance = points_tile[lane].x;
    partial = vec2f(distance, select(0.0, 1.0, state.forget != 0u || labels[at] != label));
    if (weighted) {
      partial.x *= weights[at];
    }
    labels[at] = label;
    distances[at] = distance;
  }
  targets_tile[lane] = vec4f(partial, 0.0, 0.0);
  workgroupBarrier();
  for (var half = 32u; half > 0u; half /= 2u) {
    if (lane % 64u < half) {
      targets_tile[lane] += targets_tile[lane + half];
    }
    workgroupBarrier();
  }
  if (lane % 64u == 0u && row < chunk.rows && lane < TILE_ROWS) {
    partials[(chunk.first_row + row) / 64u] = AssignPartial(targets_tile[lane].x, u32(targets_tile[lane].y));
  }
}
