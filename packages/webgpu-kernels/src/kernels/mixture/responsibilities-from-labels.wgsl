// First responsibilities from labels: 1 for a point's component, 0 for the others; a point whose label is not a component
// gets zeros.
//
// One thread per element; neighboring threads write neighboring rows.

@group(0) @binding(0) var<storage, read> labels: array<u32>;
@group(0) @binding(1) var<storage, read_write> responsibilities: array<f32>;
@group(0) @binding(2) var<uniform> block: Block;

const GROUP = 256u;

@compute @workgroup_size(GROUP)
fn responsibilities_from_labels(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) thread: u32,
) {
  let element = (group.x + group.y * groups.x) * GROUP + thread;
  let component = element / block.capacity;
  let row = element % block.capacity;
  if (component < block.components && row < block.rows) {
    responsibilities[element] = select(0.0, 1.0, labels[row] == component);
  }
}
