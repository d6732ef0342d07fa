// Adds up blocks of partial results: totals[i] = sum over b of partials[b * elements + i].
//
// One thread per element, so neighbouring threads read neighbouring values.
// Order is fixed, hence bit-identical reruns. Sixteen blocks are summed before they join the total, so the
// rounding error is at most (16 + blocks / 16) * 2^-24 of the sum of magnitudes.

struct Params {
  elements: u32,
  blocks: u32,
}

@group(0) @binding(0) var<storage, read> partials: array<f32>;
@group(0) @binding(1) var<storage, read_write> totals: array<f32>;
@group(0) @binding(2) var<uniform> params: Params;

const GROUP = 64u;
const RUN = 16u;

@compute @workgroup_size(GROUP)
fn sum_blocks(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let element = (group.x + group.y * groups.x) * GROUP + lane;
  if (element >= params.elements) {
    return;
  }
  var total = 0.0;
  for (var start = 0u; start < params.blocks; start += RUN) {
    var run = 0.0;
    let end = min(start + RUN, params.blocks);
    for (var block = start; block < end; block++) {
      run += partials[block * params.elements + element];
    }
    total += run;
  }
  totals[element] = total;
}
