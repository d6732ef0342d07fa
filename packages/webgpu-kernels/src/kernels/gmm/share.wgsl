// What a point counts for in a component's statistics. Put before a kernel that sums them, after em-types.wgsl and
// a points-* module; the kernel binds `block`.

override weighted: bool = false;

@group(0) @binding(1) var<storage, read> responsibilities: array<f32>;
@group(0) @binding(2) var<storage, read> weights: array<f32>;

// Rows that a partial result sums.
const SEGMENT = 512u;

// Weight x responsibility; 0 past the last row or component.
fn share(row: u32, component: u32) -> f32 {
  if (row >= block.rows || component >= block.components) {
    return 0.0;
  }
  var result = responsibilities[component * block.capacity + row];
  if (weighted) {
    result *= weights[row];
  }
  return result;
}
