// Adds up blocks of partial results: totals[i] = sum over b of partials[b * elements + i].
//
// 64 elements per workgroup of 256 threads: four threads share an element, each with a quarter of the blocks, so that no
// thread waits for a long chain of reads. Neighboring threads read neighboring values. The order is fixed, so reruns are
// bit-identical. Sixteen blocks are summed before they are added to a thread's total, so the rounding error is at most (16 +
// blocks / 64 + 2) * 2^-24 of the sum of magnitudes.

struct Params {
  elements: u32,
  blocks: u32,
}

@group(0) @binding(0) var<storage, read> partials: array<f32>;
@group(0) @binding(1) var<storage, read_write> totals: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

const ELEMENTS = 64u;
const SHARES = 4u;
const RUN = 16u;

var<workgroup> shares: array<f32, ELEMENTS * SHARES>;

@compute @workgroup_size(256)
fn sum_blocks(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let element = (group.x + group.y * groups.x) * ELEMENTS + lane % ELEMENTS;
  let share = lane / ELEMENTS;
  let blocks_per_share = (params.blocks + SHARES - 1u) / SHARES;
  let last = min((share + 1u) * blocks_per_share, params.blocks);
  var total = 0.0;
  if (element < params.elements) {
    for (var start = share * blocks_per_share; start < last; start += RUN) {
      var run = 0.0;
      let end = min(start + RUN, last);
      for (var block = start; block < end; block++) {
        run += partials[block * params.elements + element];
      }
      total += run;
    }
  }
  shares[lane] = total;
  workgroupBarrier();
  if (share == 0u && element < params.elements) {
    let pairs = vec2f(shares[lane] + shares[lane + ELEMENTS], shares[lane + 2u * ELEMENTS] + shares[lane + 3u * ELEMENTS]);
    totals[element] = pairs.x + pairs.y;
  }
}
