// The maximum of the magnitudes of a chunk's values and the present output[at]. Needs the module points-*.
//
// Thread `lane` of a workgroup of 256 takes values lane, lane + 256, ... of the workgroup's 2^14. The bits of nonnegative
// floats, as whole numbers, have the order of the floats, so their maximum is used, which is the same in any order.

struct Params {
  count: u32,
  // Where the result is.
  at: u32,
}

@group(0) @binding(1) var<storage, read_write> output: array<atomic<u32>>;
@group(0) @binding(2) var<uniform> params: Params;

const LANES = 256u;
const GROUP_VALUES = 16384u;

var<workgroup> group_largest: atomic<u32>;

@compute @workgroup_size(LANES)
fn largest_magnitude(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let index = group.x + group.y * groups.x;
  if (index >= (params.count + GROUP_VALUES - 1u) / GROUP_VALUES) {
    return;
  }
  let start = index * GROUP_VALUES;
  let end = start + min(GROUP_VALUES, params.count - start);
  var largest = 0u;
  for (var i = start + lane; i < end; i += LANES) {
    largest = max(largest, bitcast<u32>(abs(point_value(i))));
  }
  atomicMax(&group_largest, largest);
  workgroupBarrier();
  if (lane == 0u) {
    atomicMax(&output[params.at], atomicLoad(&group_largest));
  }
}
