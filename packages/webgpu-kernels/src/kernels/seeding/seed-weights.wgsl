// Adds up the weights of the points nearest to each seed, per block of rows and without atomics:
// partials[block * seeds + s].
//
// One workgroup per (block of rows, tile of 1024 seeds). 256 rows at a time pass through workgroup memory; each of the 64
// threads reads all of them and owns every 64th seed, so no two threads ever add to the same sum, and the order is fixed.
// Workgroup memory: 10 KiB.
//
// Sums of 256 rows are completed before they are added to the block's: the rounding error is at most (256 + rows per block /
// 256) * 2^-24 of the sum; without weights there is no error below 2^24 points.

struct Params {
  // Number of points in all chunks.
  rows: u32,
  seeds: u32,
  blocks: u32,
  rows_per_block: u32,
}

override weighted: bool = false;

@group(0) @binding(0) var<storage, read> nearest_seeds: array<u32>;
@group(0) @binding(1) var<storage, read> weights: array<f32>;
@group(0) @binding(2) var<storage, read_write> partials: array<f32>;
@group(0) @binding(3) var<uniform> params: Params;

const LANES = 64u;
const TILE_SEEDS = 1024u;
const RUN = 256u;

var<workgroup> run_sums: array<f32, TILE_SEEDS>;
var<workgroup> block_sums: array<f32, TILE_SEEDS>;
var<workgroup> run_seeds: array<u32, RUN>;
var<workgroup> run_weights: array<f32, RUN>;

fn load_run(start: u32, end: u32, first_seed: u32, lane: u32) {
  for (var i = lane; i < RUN; i += LANES) {
    let row = start + i;
    // Past the last row: a seed that no thread owns.
    var seed = TILE_SEEDS;
    var weight = 1.0;
    if (row < end) {
      // For seeds before the tile the number wraps around and is outside of the tile.
      seed = nearest_seeds[row] - first_seed;
      if (weighted) {
        weight = weights[row];
      }
    }
    run_seeds[i] = seed;
    run_weights[i] = weight;
  }
}

@compute @workgroup_size(LANES)
fn seed_weights(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let work = group.x + group.y * groups.x;
  let block = work % params.blocks;
  let first_seed = work / params.blocks * TILE_SEEDS;
  if (first_seed >= params.seeds) {
    return;
  }
  for (var s = lane; s < TILE_SEEDS; s += LANES) {
    block_sums[s] = 0.0;
  }
  let block_start = min(block * params.rows_per_block, params.rows);
  let block_end = min(block_start + params.rows_per_block, params.rows);
  for (var start = block_start; start < block_end; start += RUN) {
    load_run(start, block_end, first_seed, lane);
    for (var s = lane; s < TILE_SEEDS; s += LANES) {
      run_sums[s] = 0.0;
    }
    workgroupBarrier();
    for (var i = 0u; i < RUN; i++) {
      let seed = run_seeds[i];
      if (seed < TILE_SEEDS && seed % LANES == lane) {
        run_sums[seed] += run_weights[i];
      }
    }
    for (var s = lane; s < TILE_SEEDS; s += LANES) {
      block_sums[s] += run_sums[s];
    }
    workgroupBarrier();
  }
  for (var s = lane; s < min(TILE_SEEDS, params.seeds - first_seed); s += LANES) {
    partials[block * params.seeds + first_seed + s] = block_sums[s];
  }
}
